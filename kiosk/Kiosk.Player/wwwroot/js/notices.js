import { h, Screen, svg } from './dom.js';
import { t, when } from './texts.js';
import { now } from './clock.js';
import { painted } from './painted.js';
import * as sounds from './sounds.js';

const key = (notice) => `${notice.id}:${notice.version}`;

/** The words stand before the picture is here. */
const look = (notice, language) => notice && `${key(notice)}:${notice.imageSha256}:${language}`;

const image = (notice) => (notice.imageSha256 ? h('img', { src: `/media/${notice.imageSha256}`, alt: '' }) : null);

const isCut = (part) => part.scrollHeight > part.clientHeight + 0.3 * parseFloat(getComputedStyle(part).fontSize);

/** Large letters where the words then fit, smaller ones for more, and as many lines as there is room for. */
function fit(takeover) {
  const [middle, words, text] = ['.middle', '.words', '.text'].map((part) => takeover.querySelector(part));
  const room = middle.clientHeight - heightOfPicture(middle);
  takeover.classList.remove('long');
  if (words.offsetHeight <= room && ![...words.children].some(isCut)) {
    return;
  }
  takeover.classList.add('long');
  if (text) {
    const lines = Math.floor((room - words.offsetHeight + text.offsetHeight) / parseFloat(getComputedStyle(text).lineHeight));
    text.style.setProperty('--lines', Math.max(1, lines));
  }
}

/** What a picture under the words takes at least, with the space before it. */
function heightOfPicture(middle) {
  const picture = middle.querySelector('img');
  const { flexDirection, rowGap } = getComputedStyle(middle);
  return picture && flexDirection === 'column' ? middle.clientHeight * parseFloat(getComputedStyle(picture).minHeight) / 100 + parseFloat(rowGap) : 0;
}

/** Banner and takeover: shown, sounded once, and reported when they have been painted. */
export class Notices {
  #report;
  #duck;
  #reported = new Set();
  #struck = new Set();
  #spoken = new Set();
  #voice = null;
  #banner = new Screen('banner', (notice) => this.#buildBanner(notice));
  #takeover = new Screen('takeover', (notice) => this.#buildTakeover(notice));

  /** @param resized  The banner takes more or less room than before. */
  constructor(report, duck, resized) {
    this.#report = report;
    this.#duck = duck;
    const { element } = this.#banner;
    new ResizeObserver(() => {
      document.documentElement.style.setProperty('--banner-h', `${element.offsetHeight}px`);
      resized();
    }).observe(element);
  }

  /** @param covered  Something else lies over the banner, so that it cannot be called painted. */
  show(view, covered) {
    const { banner = null, takeover = null } = view;
    if (banner === null && this.#banner.shown) {
      this.#leave();
    } else {
      this.#banner.element.classList.remove('leaving');
      this.#banner.show(banner, look(banner, view.language));
    }
    if (this.#takeover.show(takeover, look(takeover, view.language))) {
      fit(this.#takeover.element);
    }
    if (this.#voice && ![banner, takeover].some((notice) => notice && key(notice) === this.#voice.of)) {
      this.#voice.stop();
    }
    if (takeover !== null) {
      this.#sound(takeover, true);
      this.#confirm(takeover, this.#takeover.element);
    } else if (banner !== null && !covered) {
      this.#sound(banner, banner.urgency === 'urgent');
      this.#confirm(banner, this.#banner.element);
    }
  }

  #leave() {
    const { element } = this.#banner;
    if (element.classList.contains('leaving')) {
      return;
    }
    element.classList.add('leaving');
    const gone = () => {
      if (element.classList.contains('leaving')) {
        element.classList.remove('leaving');
        this.#banner.show(null);
      }
    };
    setTimeout(gone, 240);
  }

  #buildBanner(notice) {
    return [
      h('div.words', null,
        h('h2.clamp', null, notice.title),
        notice.text ? h('p.text.clamp', null, notice.text) : null,
        h('p.caption.one-line', null, this.#whoAndWhen(notice))),
      image(notice),
    ].filter(Boolean);
  }

  #buildTakeover(notice) {
    return [
      h('p.label', null,
        svg('0 0 24 24',
          { d: 'M12 2.6 22.4 20.8H1.6Z', fill: 'none', stroke: 'currentColor', 'stroke-width': 2, 'stroke-linejoin': 'round' },
          { d: 'M12 9v5.4', stroke: 'currentColor', 'stroke-width': 2.2, 'stroke-linecap': 'round' },
          { tag: 'circle', cx: 12, cy: 17.6, r: 1.3, fill: 'currentColor' }),
        h('span', null, t('takeover.label'))),
      h('div.middle', null,
        h('div.words', null, h('h1.clamp', null, notice.title), notice.text ? h('p.text.clamp', null, notice.text) : null),
        image(notice)),
      h('p.foot', null,
        h('span.clamp', null, this.#whoAndWhen(notice)),
        h('b', null, t('takeover.until', { time: when(notice.expiry, now()) }))),
    ];
  }

  #whoAndWhen(notice) {
    return t('notice.when', { from: notice.from, time: when(notice.start, now()) });
  }

  /** Strokes at once, the voice when its file is here; each once. */
  async #sound(notice, strokes) {
    if (strokes && !this.#struck.has(key(notice))) {
      this.#struck.add(key(notice));
      sounds.urgent();
    }
    if (!notice.audioSha256 || this.#spoken.has(key(notice))) {
      return;
    }
    this.#spoken.add(key(notice));
    this.#voice?.stop();
    const voice = { of: key(notice), ...sounds.voice(`/media/${notice.audioSha256}`) };
    this.#voice = voice;
    this.#duck(true);
    await voice.over;
    if (this.#voice === voice) {
      this.#voice = null;
      this.#duck(false);
    }
  }

  async #confirm(notice, element) {
    if (this.#reported.has(key(notice))) {
      return;
    }
    this.#reported.add(key(notice));
    if (await painted(element)) {
      const missing = [...element.querySelectorAll('img')].some((picture) => picture.naturalWidth === 0);
      this.#report({ kind: 'notice_painted', id: notice.id, version: notice.version, code: missing ? 'image_missing' : null });
    } else {
      this.#reported.delete(key(notice));
    }
  }
}
