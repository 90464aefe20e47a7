import { h, setText } from './dom.js';
import { date, t, time, weekday } from './texts.js';
import { isKnown, now } from './clock.js';

/** Splash, clock chip and offline dot. */
export class Signage {
  #splash = document.getElementById('splash');
  #chip = document.getElementById('chip');
  #offline = document.getElementById('offline');
  #parts = {
    name: h('h1.clamp'), time: h('p.time'), day: h('p.day'), hint: h('p.hint'), chipTime: h('b'), chipDay: h('span'),
  };
  #shown = false;
  #splashOnly = true;
  #quietUntil = 0;

  constructor() {
    const { name, time: clock, day, hint, chipTime, chipDay } = this.#parts;
    this.#splash.append(h('div.name', null, name), h('div', null, clock, day), hint);
    this.#chip.append(chipTime, chipDay);
  }

  /** @param splash  Nothing lies over the splash, which has its own clock. */
  show(view, splash) {
    if (!this.#shown && splash && view.playback.current) {
      // What is coming comes first: the first words for a day cost more than the picture does.
      this.#quietUntil = performance.now() + 500;
      setTimeout(() => this.tick(), 500);
    }
    this.#shown = true;
    this.#splashOnly = splash;
    setText(this.#parts.name, view.displayName ?? '');
    this.#parts.name.parentElement.classList.toggle('empty', !view.displayName);
    setText(this.#parts.hint, t(view.playback.current ? 'splash.starting' : view.awaited ? 'splash.awaited' : navigator.maxTouchPoints > 0 && view.displayName ? 'touch.hint' : 'splash.hint'));
    this.#offline.hidden = view.hubReachable;
    this.tick();
  }

  tick() {
    if (!this.#shown || performance.now() < this.#quietUntil) {
      return;
    }
    this.#chip.hidden = this.#splashOnly || !isKnown();
    this.#parts.time.parentElement.style.visibility = isKnown() ? 'visible' : 'hidden';
    const at = now();
    const words = { weekday: weekday(at), date: date(at) };
    setText(this.#parts.time, time(at));
    setText(this.#parts.day, t('clock.day', words));
    setText(this.#parts.chipTime, time(at));
    setText(this.#parts.chipDay, t('clock.day', words));
  }
}
