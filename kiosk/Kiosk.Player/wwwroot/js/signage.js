import { h, setText } from './dom.js';
import { date, t, time, weekday } from './texts.js';
import { now } from './clock.js';

/** Splash, clock chip and offline dot. */
export class Signage {
  #splash = document.getElementById('splash');
  #chip = document.getElementById('chip');
  #offline = document.getElementById('offline');
  #parts = {
    name: h('h1.clamp'), time: h('p.time'), day: h('p.day'), hint: h('p.hint'), chipTime: h('b'), chipDay: h('span'),
  };
  #known = false;

  constructor() {
    const { name, time: clock, day, hint, chipTime, chipDay } = this.#parts;
    this.#splash.append(h('div.name', null, name), h('div', null, clock, day), hint);
    this.#chip.append(chipTime, chipDay);
  }

  /** @param splash  Nothing lies over the splash, which has its own clock. */
  show(view, splash) {
    this.#known = true;
    setText(this.#parts.name, view.displayName ?? '');
    this.#parts.name.parentElement.classList.toggle('empty', !view.displayName);
    setText(this.#parts.hint, t(view.playback.current ? 'splash.starting' : 'splash.hint'));
    this.#chip.hidden = splash;
    this.#offline.hidden = view.hubReachable;
    this.tick();
  }

  tick() {
    if (!this.#known) {
      return;
    }
    const at = now();
    const words = { weekday: weekday(at), date: date(at) };
    setText(this.#parts.time, time(at));
    setText(this.#parts.day, t('clock.day', words));
    setText(this.#parts.chipTime, time(at));
    setText(this.#parts.chipDay, t('clock.day', words));
  }
}
