import { h } from './dom.js';
import { unit } from './screen.js';
import { painted } from './painted.js';

const reduced = matchMedia('(prefers-reduced-motion: reduce)');

/** The band at the bottom: all ticker texts one after another, endlessly. */
export class Ticker {
  #element = document.getElementById('ticker');
  #report;
  #key = null;
  #round = 0;
  #reported = new Set();

  constructor(report) {
    this.#report = report;
  }

  show(notices, elder) {
    const key = notices.length === 0 ? null : JSON.stringify([notices.map((n) => [n.id, n.version]), elder, innerWidth, innerHeight]);
    if (key === this.#key) {
      return;
    }
    this.#key = key;
    this.#round++;
    this.#element.replaceChildren();
    this.#element.hidden = key === null;
    document.documentElement.style.setProperty('--ticker-h', key === null ? '0px' : 'var(--ticker-band)');
    if (key !== null) {
      (reduced.matches ? this.#turn : this.#run).call(this, notices, elder);
    }
  }

  #words(notice) {
    const text = [notice.title && notice.text ? h('b', null, notice.title) : notice.title, notice.text];
    return h('span.item', null, ...text);
  }

  async #run(notices, elder) {
    const round = this.#round;
    const items = notices.map((notice) => [notice, this.#words(notice)]);
    const run = h('div.run', null, items.flatMap(([, words], index) => [index > 0 ? h('i.gap') : null, words]));
    this.#element.append(run);
    await document.fonts.ready;
    if (round !== this.#round) {
      return;
    }
    // 120 px/s at 1080 lines, 70 for slow readers; the first words stand in view at once.
    const speed = ((elder ? 70 : 120) * unit()) / 27;
    const width = this.#element.clientWidth;
    const length = run.scrollWidth;
    const start = width * 0.35;
    const pass = (from) => run.animate(
      [{ transform: `translateX(${from}px)` }, { transform: `translateX(${-length}px)` }],
      { duration: ((from + length) / speed) * 1000, fill: 'both' });
    const again = () => {
      if (round === this.#round) {
        pass(width).finished.then(again, () => {});
      }
    };
    pass(start).finished.then(again, () => {});
    for (const [notice, words] of items) {
      // Painted means seen to begin: a text further back counts when it has come in from the right.
      const until = Math.max(0, start + words.offsetLeft - (width - unit() * 4)) / speed;
      setTimeout(() => this.#confirm(notice, words, round), until * 1000);
    }
  }

  async #turn(notices) {
    const round = this.#round;
    for (let i = 0; round === this.#round; i = (i + 1) % notices.length) {
      const words = this.#words(notices[i]);
      this.#element.replaceChildren(h('div.still.one-line', null, words));
      this.#confirm(notices[i], words, round);
      await new Promise((resolve) => setTimeout(resolve, Math.max(6000, words.textContent.length * 250)));
    }
  }

  async #confirm(notice, words, round) {
    const key = `${notice.id}:${notice.version}`;
    if (round !== this.#round || this.#reported.has(key)) {
      return;
    }
    if ((await painted(words)) && round === this.#round && !this.#reported.has(key)) {
      this.#reported.add(key);
      this.#report({ kind: 'notice_painted', id: notice.id, version: notice.version });
    }
  }
}
