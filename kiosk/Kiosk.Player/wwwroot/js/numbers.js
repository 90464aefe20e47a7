import { h, setText } from './dom.js';
import { now } from './clock.js';
import { t } from './texts.js';
import * as sounds from './sounds.js';

const shownFor = 2500;
const idleFor = 20000;

/** The number pad for the second proof: a button on the meeting's screen while phones show numbers, and the pad over it. Two digits send themselves. */
export class Numbers {
  #send;
  #meeting = null;
  #covered = false;
  #language = null;
  #digits = '';
  #busy = false;
  #idle = 0;
  #button = h('button.numbers-open', { type: 'button', hidden: '' });
  #pad = h('section.numbers-pad', { hidden: '', role: 'dialog', 'aria-modal': 'true' });
  #parts = {};

  /** @param send  Takes the meeting and the number. */
  constructor(send) {
    this.#send = send;
    document.getElementById('stage').append(this.#button, this.#pad);
    // A touch here means the pad and nothing else on the screen.
    for (const element of [this.#button, this.#pad]) {
      for (const name of ['pointerdown', 'pointerup', 'touchstart', 'click']) {
        element.addEventListener(name, (event) => event.stopPropagation());
      }
    }
    this.#button.addEventListener('click', () => this.#open());
  }

  /** Whether the pad has the screen. */
  get open() {
    return !this.#pad.hidden;
  }

  show(view, covered) {
    this.#covered = covered;
    const until = Date.parse(view.meeting?.numbersUntil ?? '');
    const offered = until > now() && view.hubReachable && !covered && canTouch();
    if (this.#language !== view.language) {
      this.#language = view.language;
      this.#build();
    }
    this.#meeting = offered ? view.meeting.id : null;
    this.#button.hidden = !offered;
    if (!offered && !this.#busy && this.#parts.result.hidden) {
      this.#close();
    }
  }

  /** Once a second: a number runs out without anybody saying so. */
  tick(view) {
    if (view && this.#meeting) {
      this.show(view, this.#covered);
    }
  }

  /** The hub's answer. */
  answered({ outcome, maskedName }) {
    this.#busy = false;
    const done = outcome === 'proven';
    const { result, words, name, hint } = this.#parts;
    result.className = done ? 'numbers-result done' : 'numbers-result refused';
    setText(words, t(`numbers.${done ? 'done' : outcome}`));
    setText(name, done ? maskedName ?? '' : '');
    setText(hint, done ? '' : t(`numbers.${outcome}_do`));
    result.hidden = false;
    (done ? sounds.done : sounds.refused)();
    setTimeout(() => {
      result.hidden = true;
      this.#clear();
      // Whoever is done steps aside; after a slip the pad stays for another try.
      if (done || !this.#meeting) {
        this.#close();
      }
    }, shownFor);
  }

  #build() {
    setText(this.#button, t('numbers.open'));
    const key = (digit, spec = 'button') => {
      const element = h(spec, { type: 'button' }, digit);
      element.addEventListener('click', () => this.#press(digit));
      return element;
    };
    const back = h('button.wide', { type: 'button' }, t('numbers.delete'));
    back.addEventListener('click', () => this.#clear());
    const close = h('button.numbers-close', { type: 'button' }, t('numbers.close'));
    close.addEventListener('click', () => this.#close());
    const digits = [h('span'), h('span')];
    const [words, name, hint] = [h('b'), h('p.numbers-name.one-line'), h('p')];
    const result = h('div.numbers-result', { hidden: '', role: 'status' }, words, name, hint);
    this.#parts = { digits, result, words, name, hint };
    this.#pad.replaceChildren(
      h('h1', null, t('numbers.title')),
      h('div.numbers-digits', { 'aria-live': 'polite' }, digits),
      h('div.numbers-keys', null, ['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((digit) => key(digit)), key('0'), back),
      close,
      result,
    );
    this.#draw();
  }

  #open() {
    this.#clear();
    this.#pad.hidden = false;
    this.#wait();
  }

  #close() {
    clearTimeout(this.#idle);
    this.#pad.hidden = true;
    this.#digits = '';
  }

  #clear() {
    this.#digits = '';
    this.#draw();
    this.#wait();
  }

  #press(digit) {
    if (this.#busy || this.#digits.length === 2 || (this.#digits === '' && digit === '0')) {
      return;
    }
    this.#digits += digit;
    this.#draw();
    this.#wait();
    if (this.#digits.length === 2 && this.#meeting) {
      this.#busy = true;
      this.#send(this.#meeting, Number(this.#digits));
      // The player answers within seconds; should it not, the person must not stand before a dead pad.
      setTimeout(() => this.#busy && this.answered({ outcome: 'hub_unreachable' }), 8000);
    }
  }

  #draw() {
    this.#parts.digits?.forEach((place, at) => setText(place, this.#digits[at] ?? '–'));
  }

  #wait() {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#close(), idleFor);
  }
}

const canTouch = () => matchMedia('(any-pointer: coarse), (any-pointer: fine)').matches;
