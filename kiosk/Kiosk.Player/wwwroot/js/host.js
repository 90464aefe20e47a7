import { h, Screen, setText } from './dom.js';
import { knows, t } from './texts.js';
import { now } from './clock.js';
import { menu } from './host-menu.js';
import { practiceActions, practicePanel } from './practice-host.js';

const pinLength = 6;
const tellAgainMs = 2000;
const titleLimit = 60;

/** The host's panel: card, PIN, then what a meeting needs. Every step is the player's; only half-typed digits and an open question live here. */
export class Host {
  #screen = new Screen('host', (panel, element) => this.#build(panel, element));
  #opener = document.getElementById('host-open');
  #send;
  #panel = null;
  #pin = '';
  #asking = null;
  #choice = {};
  #told = -Infinity;
  #parts = {};
  #numbered = [];
  #heard = 0;
  #camera;
  #practising = false;
  #keyboard;

  /**
   * @param send  Tells the player.
   * @param act  Tells the player what is done to the practice meeting.
   * @param camera  Gives the camera's preview where no meeting shows it already, else null.
   * @param keyboard  Asks for a text (see keyboard.js); it lies over the panel and goes with it.
   */
  constructor(send, act, camera = () => null, keyboard = null) {
    this.#keyboard = keyboard;
    this.#send = (command) => (this.#practising ? this.#practise(command, act) : send(command));
    this.#camera = camera;
    this.#opener.addEventListener('click', () => this.open());
    this.#screen.element.addEventListener('pointerdown', () => this.#alive());
    addEventListener('pointerdown', () => {
      this.#heard = performance.now();
      this.#offer();
    });
  }

  open() {
    this.#send({ kind: 'open' });
  }

  /** The panel over the practice meeting; no card, no password, nothing recorded. */
  practise() {
    this.#practising = true;
    this.show(this.view);
  }

  #practise(command, act) {
    if (command.kind === 'leave') {
      this.#practising = false;
      this.show(this.view);
    } else {
      practiceActions(command, this.view.touch.practice).forEach((kind) => act({ kind }));
    }
  }

  show(view) {
    this.view = view;
    const practice = view.host ? null : view.touch?.practice ?? null;
    this.#practising &&= practice !== null;
    const panel = view.takeover ? null : this.#practising ? practicePanel(practice) : view.host ?? null;
    const step = `${panel?.step} ${panel?.host}`;
    if (panel === null || step !== this.#step) {
      [this.#pin, this.#asking, this.#choice, this.#step] = ['', null, {}, step];
      this.#keyboard?.close();
    }
    if (panel && panel.step === 'pin' && (panel.code || panel.busy) && this.#pin.length === pinLength) {
      this.#pin = '';
    }
    this.#panel = panel;
    this.#draw();
    this.#offer();
    this.tick();
  }

  #step = '';

  /** Once a second. */
  tick() {
    this.#offer();
    const { warning, left, locked } = this.#parts;
    if (!this.#panel || !warning) {
      return;
    }
    const ends = Math.max(0, Math.ceil((Date.parse(this.#panel.endsAt) - now()) / 1000));
    warning.hidden = now() < Date.parse(this.#panel.warnAt);
    setText(left, t('host.ends', { n: ends }));
    this.#keyboard?.warn(warning.hidden ? null : `${t('host.still_there')} ${t('host.ends', { n: ends })}`);
    if (locked) {
      const wait = Math.ceil((Date.parse(this.#panel.lockedUntil) - now()) / 1000);
      setText(locked, wait > 0 ? t('host.pin_locked', { time: wait > 90 ? t('host.minutes', { n: Math.ceil(wait / 60) }) : t('host.seconds', { n: wait }) }) : t('host.pin_again'));
    }
  }

  /** Keys of a remote or a number block: digits choose what carries them, star opens, zero goes back. True when the panel took it. */
  key(typed) {
    // A Chinese input method left on full width types ７ for 7.
    const key = typed.normalize('NFKC');
    if (!this.#panel) {
      if ((key === '*' || key === 'F2') && this.view?.canHost && !this.view.takeover) {
        this.open();
        return true;
      }
      return false;
    }
    this.#alive();
    this.#screen.element.classList.add('keys');
    if (key === 'Escape' || (key === '0' && this.#panel.step !== 'pin')) {
      this.#back();
    } else if (this.#panel.step === 'pin') {
      if (/^[0-9]$/.test(key)) {
        this.#digit(key);
      } else if (key === 'Backspace') {
        this.#digit(null);
      }
    } else if (/^[1-9]$/.test(key)) {
      this.#numbered[Number(key) - 1]?.click();
    }
    return true;
  }

  /** In a meeting it is always offered, elsewhere while somebody stands at the screen. */
  #offer() {
    const { view } = this;
    const near = this.#heard > 0 && performance.now() - this.#heard < 15000;
    this.#opener.hidden = !(view?.canHost && !view.takeover && !this.#panel && !view.pairing && (view.meeting || near));
    setText(this.#opener, this.#opener.hidden ? '' : t('host.open'));
  }

  #alive() {
    if (this.#panel && performance.now() - this.#told > tellAgainMs) {
      this.#told = performance.now();
      this.#send({ kind: 'touch' });
    }
  }

  #draw() {
    const panel = this.#panel;
    this.#screen.show(panel, panel && JSON.stringify([this.view.language, { ...panel, warnAt: 0, endsAt: 0 }, this.#pin.length, this.#asking, this.#choice, !!this.#camera()]));
  }

  #back() {
    if (this.#asking) {
      [this.#asking, this.#choice] = [null, {}];
      this.#draw();
    } else {
      this.#send({ kind: 'leave' });
    }
  }

  #digit(digit) {
    if (this.#panel.busy || Date.parse(this.#panel.lockedUntil ?? 0) > now()) {
      return;
    }
    this.#pin = digit === null ? this.#pin.slice(0, -1) : (this.#pin + digit).slice(0, pinLength);
    if (this.#pin.length === pinLength) {
      this.#send({ kind: 'pin', text: this.#pin });
    }
    this.#draw();
  }

  /** A button that says what it does; the player's answer draws the panel anew, until then it is pressed once only. */
  #button(words, act, kind = '') {
    const button = h(`button.${kind || 'plain'}`, { type: 'button' }, h('i', { 'aria-hidden': 'true' }), h('span', null, words));
    button.addEventListener('click', () => {
      if (!button.disabled) {
        act(button);
      }
    });
    return button;
  }

  #do(words, command, kind) {
    return this.#button(words, (button) => {
      button.disabled = true;
      setTimeout(() => { button.disabled = false; }, 3000);
      [this.#asking, this.#choice] = [null, {}];
      this.#send(command);
    }, kind);
  }

  #ask(words, what, kind) {
    return this.#button(words, () => {
      this.#asking = what;
      this.#draw();
    }, kind);
  }

  #build(panel, element) {
    element.className = `${panel.step} ${element.classList.contains('keys') ? 'keys' : ''}`;
    const leave = this.#button(t(this.#asking ? 'host.back' : 'host.leave'), () => this.#back(), 'leave');
    const left = h('b');
    const goOn = this.#button(t('host.go_on'), () => this.#alive(), 'primary');
    this.#parts = { warning: h('div.warning', { hidden: '' }, h('p', null, t('host.still_there')), left, goOn), left };
    const body = { card: () => this.#card(panel), pin: () => this.#pinPad(panel), menu: () => this.#menu(panel) }[panel.step]();
    const sheet = h('div.sheet', { role: 'dialog', 'aria-label': t('host.title') },
      h('header', null, h('h2.one-line', null, panel.host ? t('host.of', { name: panel.host }) : t('host.title')), leave), ...body.filter(Boolean), this.#parts.warning);
    this.#number([...sheet.querySelectorAll('.body button')], panel);
    setText(leave.querySelector('i'), panel.step === 'pin' ? '' : '0');
    return [sheet];
  }

  /** While a meeting runs a digit means the same whatever else is offered: who presses 5 to extend must not close. */
  #number(buttons, panel) {
    const fixed = buttons.some((button) => button.dataset.number);
    this.#numbered = [];
    buttons.forEach((button, index) => {
      const number = panel.step === 'pin' ? 0 : fixed ? Number(button.dataset.number ?? 0) : index + 1;
      const has = number > 0 && number < 10;
      setText(button.querySelector('i'), has ? String(number) : '');
      if (has) {
        this.#numbered[number - 1] = button;
      }
    });
  }

  #problem(panel) {
    const key = `host.code.${panel.code}`;
    return panel.code ? h('p.problem', { role: 'alert' }, knows(key) ? t(key, { n: panel.triesLeft ?? 0 }) : t('host.code.other')) : null;
  }

  #card(panel) {
    return [h('div.body', null, h('p.big', null, t('host.card')), h('p.small', null, t('host.card_why')), this.#problem(panel), this.#camera() ? h('div.camera', null, this.#camera()) : null)];
  }

  #pinPad(panel) {
    const dots = h('p.dots', { 'aria-label': t('host.digits', { n: this.#pin.length }) }, ...Array.from({ length: pinLength }, (_, i) => h(i < this.#pin.length ? 'i.on' : 'i')));
    const locked = panel.lockedUntil && panel.code !== null ? h('p.problem', { role: 'alert' }) : null;
    this.#parts.locked = locked;
    const key = (label, digit) => this.#button(label, () => this.#digit(digit), 'digit');
    return [
      h('p.big', null, panel.busy ? t('host.checking') : t('host.pin')), dots, locked ?? this.#problem(panel) ?? h('p.small', null, t('host.pin_why')),
      h('div.body.pad', null, ...'123456789'.split('').map((d) => key(d, d)), key(t('host.clear'), null), key('0', '0')),
    ];
  }

  #menu(panel) {
    return menu(panel, this.#asking, this.#choice, {
      problem: () => this.#problem(panel),
      do: (words, command, kind) => this.#do(words, command, kind),
      ask: (words, what, kind) => this.#ask(words, what, kind),
      choose: (words, choice) => this.#button(words, () => {
        this.#choice = { ...this.#choice, ...choice };
        this.#draw();
      }),
      title: () => this.#titled(),
    });
  }

  /** What the new meeting is called: tapped, it is typed. */
  #titled() {
    const { title = '' } = this.#choice;
    const button = this.#button([h('small', null, t('host.title_of')), h('span.one-line', null, title || t('host.title_default'))], () => this.#keyboard?.ask({
      title: t('host.title_of'), text: title, limit: titleLimit, alive: () => this.#alive(),
      done: (text) => {
        this.#choice = { ...this.#choice, title: text };
        this.#draw();
      },
    }), 'titled');
    return this.#keyboard ? button : null;
  }
}
