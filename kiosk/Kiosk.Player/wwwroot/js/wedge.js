// A keyboard-wedge scanner types faster than anybody can: keys less than 60 ms apart that end in Enter, Tab or a pause.
const gapMs = 60;
const least = 12;
const most = 512;
// A card is always this long; a radio scanner may stall in the middle of it, a fast one may type two without a pause.
const cardLength = 151;
const stallMs = 600;
// A second after a scan keys are a person's again.
const quietMs = 1000;
const hand = new Set(['Enter', 'Tab', ' ', 'Escape', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']);

/** What a key stands for, whatever CapsLock or an input method makes of it. */
export function character(event) {
  const physical = /^(?:Key([A-Z])|(?:Digit|Numpad)([0-9]))$/.exec(event.code ?? '');
  if (event.isComposing || event.key === 'Process' || event.key === 'Unidentified') {
    return physical ? physical[1] ?? physical[2] : null;
  }
  return event.key.length === 1 ? event.key : null;
}

/** Cards are upper-case Base32; anything that reads as such is folded, anything else stays as typed. */
export const fold = (text) => (/^[A-Za-z2-7]+$/.test(text) ? text.toUpperCase() : text);

const isPart = (text) => /^[A-Z2-7]+$/.test(text) && text.length <= cardLength;
const isWhole = (text) => /^[A-Z2-7]+$/.test(text) && text.length > 0 && text.length % cardLength === 0;

export class Wedge {
  #text = '';
  #begun = { text: '', timer: 0 };
  #given = '';
  #last = -Infinity;
  #timer = 0;
  #onText;
  #onKey;
  #onTyped;
  #isAsked;
  #read = -Infinity;
  #raw = '';

  /**
   * @param onKey  Takes keys that no scanner types: alone, and with nothing begun.
   * @param onTyped  Takes characters that a person typed one by one: too few and too slow for a card.
   * @param isAsked  True while a text is asked for: then a person may type fast, spaces and Enter are theirs, and letters stay as they are.
   */
  constructor(onText, onKey = () => {}, onTyped = () => {}, isAsked = () => false, target = document) {
    this.#onText = onText;
    this.#onKey = onKey;
    this.#onTyped = onTyped;
    this.#isAsked = isAsked;
    target.addEventListener('keydown', (event) => this.#key(event), { capture: true });
    for (const name of ['keyup', 'keypress', 'beforeinput', 'compositionstart']) {
      target.addEventListener(name, (event) => event.preventDefault(), { capture: true });
    }
  }

  #key(event) {
    // Nothing on this page is typed by hand, and no key may lead out of it.
    event.preventDefault();
    event.stopPropagation();
    if (this.#isByHand(event)) {
      this.#onKey(event);
      return;
    }
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    if (event.key === 'Enter' || event.key === 'Tab') {
      this.#finish(true);
      this.#own('Enter', event);
      return;
    }
    if (event.key === 'Escape') {
      this.#own('Escape', event);
      return;
    }
    if (event.key === 'Backspace' || event.key === 'F2') {
      this.#finish();
      this.#onTyped(event.key);
      return;
    }
    const typed = character(event);
    if (typed === null) {
      return;
    }
    // The event's own time: a busy machine brings keys late, but the scanner typed them evenly.
    if (event.timeStamp - this.#last > gapMs) {
      this.#finish();
      this.#given = '';
    }
    this.#last = event.timeStamp;
    // One character more than is ever passed on is enough to know that this is no card.
    this.#text = (this.#given + this.#text + typed).slice(0, most + 1);
    this.#given = '';
    this.#wait();
  }

  /** Enter that no scanner typed: nothing long was read just before it. */
  #own(key, { key: pressed, timeStamp }) {
    if (pressed === key && this.#isAsked() && this.#begun.text === '' && timeStamp - this.#read > quietMs) {
      this.#onTyped(key);
    }
  }

  /** A scanner ends with Enter or Tab, and some add another: only long after the last character is such a key a person's. */
  #isByHand({ key, timeStamp, ctrlKey, altKey, metaKey }) {
    return hand.has(key) && !ctrlKey && !altKey && !metaKey && this.#text === '' && this.#begun.text === '' && timeStamp - this.#last > quietMs;
  }

  #wait() {
    clearTimeout(this.#timer);
    const length = this.#text.length;
    // Keys already queued behind a busy moment come in before the second step.
    this.#timer = setTimeout(() => setTimeout(() => {
      if (length === this.#text.length) {
        const first = fold(this.#text.trim());
        this.#finish();
        // Too short for a card to wait for; but should a busy machine bring more of the same stroke, it is its beginning.
        this.#given = first.length < least && this.#begun.text === '' ? first : '';
      }
    }), gapMs);
  }

  /** @param complete  The scanner has said so itself. */
  #finish(complete = false) {
    clearTimeout(this.#timer);
    const part = fold(this.#text.trim());
    this.#raw = this.#isAsked() ? this.#text : part;
    this.#text = '';
    const begun = this.#takeBegun();
    // Only what makes a whole card together belongs together.
    const text = begun && !isWhole(part) && isPart(begun + part) ? begun + part : part;
    // A whole card after a broken one is the same card held once more.
    if (begun && text === part && !isWhole(part)) {
      this.#hand(begun);
    }
    if (!complete && text.length >= least && text.length < cardLength && isPart(text)) {
      this.#begun = { text, timer: setTimeout(() => this.#giveUp(), stallMs) };
    } else {
      this.#hand(text);
    }
  }

  /** Should its other keys come after all, and be of one stroke with it, then they are read together. */
  #giveUp() {
    const text = this.#takeBegun();
    this.#hand(text);
    this.#given = text;
  }

  #takeBegun() {
    const { text, timer } = this.#begun;
    clearTimeout(timer);
    this.#begun = { text: '', timer: 0 };
    return text;
  }

  #hand(text) {
    if (text.length < least) {
      [...this.#raw].forEach((key) => this.#onTyped(key));
      return;
    }
    this.#read = performance.now();
    const cards = isWhole(text) ? text.match(new RegExp(`.{${cardLength}}`, 'g')) : [text.slice(0, most)];
    cards.forEach((card) => this.#onText(card));
  }
}
