import { h, Screen, setText } from './dom.js';
import { icon } from './icons.js';
import { pages } from './touch-pages.js';
import { t } from './texts.js';
import { now } from './clock.js';
import * as voice from './voice.js';

const bar = (act, picture, key) => h('button', { type: 'button', 'data-act': act, class: `bar-${act}` }, icon(picture), h('span', null, t(key)));

/** Touch pages: what is open is the view's; this draws it and says what was touched. */
export class Touch {
  #screen = new Screen('touch', (view, element) => this.#build(view, element));
  #idle = new Screen('idle', () => this.#buildIdle());
  #view = null;
  #act;
  #aloud;
  #camera;
  #lastStay = -Infinity;
  #parts = {};

  /**
   * @param act  Tells the player what was done.
   * @param aloud  Reads a page.
   * @param camera  Gives the preview element while it is on, else null.
   */
  constructor(act, aloud, camera) {
    this.#act = act;
    this.#aloud = aloud;
    this.#camera = camera;
    aloud.onChange = () => this.#showReading();
    addEventListener('click', (event) => this.#clicked(event));
    addEventListener('pointerdown', () => this.stay());
    addEventListener('resize', () => this.#fit());
  }

  get open() {
    return this.#view !== null;
  }

  show(view, hidden) {
    const touch = hidden ? null : view.touch ?? null;
    if (touch?.visit !== this.#view?.touch.visit || touch?.page !== this.#view?.touch.page || touch?.notice !== this.#view?.touch.notice) {
      this.#aloud.stop();
    }
    this.#view = touch && { ...view, touch };
    const page = touch && touch.practice === undefined ? this.#view : null;
    const camera = touch?.own?.state === 'ask_card' ? this.#camera() : null;
    const { ends, ...shown } = touch ?? {};
    const built = this.#screen.show(page, page && JSON.stringify([shown, view.language, view.elderMode, view.displayName, this.#aloud.can(view.language), !!camera]));
    if (built) {
      this.#fit();
      this.#screen.element.querySelector('.page')?.addEventListener('scroll', () => this.#fit(), { passive: true });
    }
    const asked = this.#idle.show(touch?.ends ?? null, touch?.ends ? touch.ends + view.language : undefined);
    if (asked) {
      if (view.meeting?.phase !== 'during') {
        voice.say('continue', view.language, 0);
      }
      this.#idle.element.querySelector('button').focus();
    }
    this.tick();
  }

  /** Once a second. */
  tick() {
    const ends = this.#view?.touch.ends;
    if (ends && this.#parts.left) {
      setText(this.#parts.left, t('idle.left', { n: Math.max(0, Math.ceil((Date.parse(ends) - now()) / 1000)) }));
    }
  }

  /** Somebody is there. Told at most once a second, and at once where it is being asked. */
  stay() {
    const at = performance.now();
    if (this.#view && (this.#view.touch.ends || at - this.#lastStay > 1000)) {
      this.#lastStay = at;
      this.#act({ kind: 'stay' });
    }
  }

  back() {
    if (this.#view) {
      this.#act({ kind: this.#view.touch.ends ? 'stay' : 'back' });
    }
  }

  #clicked({ target }) {
    const button = target.closest?.('[data-act]');
    if (button) {
      this.#press(button);
    } else if (this.#view === null && !target.closest?.('button, input, a, [role="button"], [data-own-touch], #checkin, #pairing, #refusal, #takeover')) {
      this.#act({ kind: 'open' });
    }
  }

  #press(button) {
    const { act, id } = button.dataset;
    if (act === 'read') {
      this.#aloud.toggle(this.#screen.element.querySelector('.page'), this.#view.language);
    } else if (act === 'up' || act === 'down') {
      const page = this.#screen.element.querySelector('.page');
      page.scrollBy({ top: (act === 'up' ? -0.8 : 0.8) * page.clientHeight, behavior: 'smooth' });
    } else {
      this.#aloud.stop();
      this.#act({ kind: act, id });
    }
  }

  #build(view, element) {
    const { touch } = view;
    element.className = touch.page.replace('_', '-');
    const home = touch.page === 'home';
    const reads = this.#aloud.can(view.language) ? bar('read', 'read', 'touch.read') : null;
    this.#parts.reads = reads;
    return [
      h('div.page', { tabindex: '-1' }, pages[touch.page](view, touch.own?.state === 'ask_card' ? this.#camera() : null)),
      h('nav.bar', null,
        home ? bar('close', 'close', 'touch.close') : bar('back', 'back', 'touch.back'),
        home ? h('i') : bar('home', 'home', 'touch.home'),
        touch.personal ? bar('close', 'close', 'touch.close') : h('i'),
        bar('up', 'up', 'touch.up'),
        bar('down', 'down', 'touch.down'),
        reads ?? h('i')),
    ];
  }

  #buildIdle() {
    this.#parts.left = h('p.left');
    return [h('div.ask', null,
      h('h2', { id: 'idle-title' }, t('idle.title')),
      this.#parts.left,
      h('button.go-on', { type: 'button', 'data-act': 'stay' }, t('idle.go_on')),
      h('button.stop', { type: 'button', 'data-act': 'close' }, t('idle.stop')))];
  }

  /** The way up and down shows where there is one. */
  #fit() {
    const page = this.#screen.element.querySelector('.page');
    if (page) {
      const [up, down] = [this.#screen.element.querySelector('.bar-up'), this.#screen.element.querySelector('.bar-down')];
      const more = page.scrollHeight > page.clientHeight + 4;
      [up, down].forEach((button) => button.classList.toggle('unneeded', !more));
      up.disabled = page.scrollTop < 4;
      down.disabled = page.scrollTop + page.clientHeight > page.scrollHeight - 4;
    }
  }

  #showReading() {
    const { reads } = this.#parts;
    if (reads?.isConnected) {
      reads.replaceChildren(icon(this.#aloud.reading ? 'stop' : 'read'), h('span', null, t(this.#aloud.reading ? 'touch.read_stop' : 'touch.read')));
      reads.setAttribute('aria-pressed', String(this.#aloud.reading));
    }
  }
}
