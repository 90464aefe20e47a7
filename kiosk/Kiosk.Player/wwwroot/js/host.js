import { h, Screen, setText } from './dom.js';
import { knows, t, time } from './texts.js';
import { now } from './clock.js';
import { practiceActions, practicePanel } from './practice-host.js';

const pinLength = 6;
const tellAgainMs = 2000;

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

  /**
   * @param send  Tells the player.
   * @param act  Tells the player what is done to the practice meeting.
   * @param camera  Gives the camera's preview where no meeting shows it already, else null.
   */
  constructor(send, act, camera = () => null) {
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
    if (this.#asking === 'start') {
      return this.#start(panel);
    }
    const meeting = panel.meeting ?? null;
    const said = this.#problem(panel) ?? (panel.done ? h('p.done', { role: 'status' }, t(`host.done.${panel.done}`)) : null);
    if (this.#asking === 'close') {
      return [h('p.big', null, t('host.close_title')), h('p.small', null, t('host.close_why')), h('div.body', null, this.#do(t('host.close_yes'), { kind: 'close' }, 'danger'))];
    }
    const start = panel.units.length > 0 ? this.#ask(t('host.start'), 'start', meeting ? '' : 'primary') : null;
    if (!meeting) {
      return [said, h('p.small', null, t(start ? 'host.no_meeting' : 'host.not_here')), h('div.body', null, start)];
    }
    return [
      h('div.about', null, h('p.title.clamp', null, meeting.title), h('p.small', null, `${time(new Date(meeting.start))} – ${time(new Date(meeting.end))}${meeting.leads ? ` · ${t('host.leads', { name: meeting.leads })}` : ''}`)),
      said,
      meeting.started ? this.#running(meeting, start) : this.#idle(meeting, start),
    ];
  }

  #idle(meeting, start) {
    return h('div.body', null,
      meeting.reopenUntil ? this.#do(t('host.reopen', { time: time(new Date(meeting.reopenUntil)) }), { kind: 'reopen' }, 'primary')
        : Date.parse(meeting.start) > now() ? this.#do(t('host.begin'), { kind: 'begin' }, 'primary') : null,
      start);
  }

  #running(meeting, start) {
    const point = meeting.point ?? -1;
    const last = meeting.agenda.length - 1;
    const on = (number, button) => {
      button.dataset.number = number;
      return button;
    };
    const to = (words, index, kind) => this.#do(words, { kind: 'agenda', number: index }, kind);
    const next = meeting.nextStart ? Date.parse(meeting.nextStart) - Date.parse(meeting.end) : Infinity;
    const { frozen, session } = meeting;
    const part = (words, name, number, kind) => (name ? this.#do([t(words), h('small', null, name)], { kind: 'session', number }, kind) : null);
    const ahead = session ? part('host.session_next', session.next, session.number, point >= last ? 'primary' : '') : null;
    return h('div.body', null,
      session ? h('p.small.one-line', null, t('host.session', { n: session.number, of: session.count, name: session.title })) : null,
      last >= 0 ? h('div.agenda-now', null, h('p.small', null, point >= 0 ? t('host.point', { n: point + 1, of: last + 1 }) : t('meeting.agenda')), h('p.title.clamp', null, point >= 0 ? meeting.agenda[point] : t('host.point_none'))) : null,
      last >= 0 ? h('div.pair', null, point > 0 ? on(2, to(t('host.previous'), point - 1)) : null, point < last ? on(1, to(t(point < 0 ? 'host.first' : 'host.next'), point + 1, 'primary')) : null) : null,
      session ? h('div.pair.sessions', null, part('host.session_back', session.previous, session.number - 2), ahead && on(9, ahead)) : null,
      frozen
        ? h('div.counted', null, h('p.small', null, t('meeting.counted', { n: frozen.number, time: time(new Date(frozen.at)) })), h('p.title', null, t('host.voters', frozen.count)))
        : h('p.small', null, t('host.voters', meeting)),
      h('div.pair', null, on(3, this.#do(t(frozen ? 'host.count_again' : 'host.count'), { kind: 'count' })), frozen ? on(4, this.#do(t('host.count_end'), { kind: 'count_end' }, 'primary')) : null),
      meeting.practice ? null : h('div.pair', null, ...[15, 30].map((n, at) => on(5 + at, this.#do(t('host.extend', { n }), { kind: 'extend', number: n })))),
      next < 30 * 60000 ? h('p.small', null, t('host.next_meeting', { time: time(new Date(meeting.nextStart)) })) : null,
      h('div.pair', null, meeting.leadsMe ? null : on(7, this.#do(t('host.take_over'), { kind: 'take_over' })), on(8, this.#ask(t('host.close'), 'close', 'danger'))),
      start);
  }

  /** Which unit, then which type, for 党小组会 which group; the title is the type's name until somebody edits it at a desk. */
  #start(panel) {
    const unit = panel.units.length === 1 ? panel.units[0] : panel.units.find((one) => one.id === this.#choice.unit);
    const choose = (words, choice) => this.#button(words, () => {
      this.#choice = choice;
      this.#draw();
    });
    if (!unit) {
      return [h('p.big', null, t('host.start_unit')), h('div.body.list', null, panel.units.map((one) => choose(t('host.unit', { name: one.name, n: one.expected }), { unit: one.id })))];
    }
    const start = (type, one, words) => this.#do(words, { kind: 'start', unitId: one.unitId, type: type.code });
    const chosen = unit.types.find((type) => type.code === this.#choice.type);
    if (chosen) {
      return [h('p.big', null, t('host.start_group')), h('p.small', null, chosen.name), h('div.body.list', null, chosen.starts.map((one) => start(chosen, one, t('host.unit', { name: one.name, n: one.expected }))))];
    }
    const why = unit.types.filter((type) => type.why);
    return [
      h('p.big', null, t('host.start_type')), h('p.small', null, unit.name),
      h('div.body.grid', null, unit.types.filter((type) => !type.why).map((type) => (type.starts.length > 1
        ? choose([type.name, h('small', null, t('host.groups', { n: type.starts.length }))], { unit: unit.id, type: type.code })
        : start(type, type.starts[0], [type.name, h('small', null, t(type.signUp ? 'host.open_to_all' : 'host.expected', { n: type.starts[0].expected }))])))),
      why.length > 0 ? h('p.small', null, why.map((type) => t(`host.why.${type.why}`, { name: type.name })).join(' ')) : null,
    ];
  }
}
