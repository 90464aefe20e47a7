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
const textOf = (parts) => parts.map((part) => part.text).join('');
const isWhole = (text) => /^[A-Z2-7]+$/.test(text) && text.length > 0 && text.length % cardLength === 0;

export class Wedge {
  #text = '';
  // What was read just before, with no stall longer than stallMs in between: even what was told may turn out to be a card's beginning.
  #parts = [];
  #last = -Infinity;
  #pause = 0;
  #patience = 0;
  #onText;
  #onKey;
  #onTyped;
  #isAsked;
  #read = -Infinity;

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
    const stall = event.timeStamp - this.#last;
    if (stall > gapMs) {
      this.#finish();
    }
    if (stall > stallMs) {
      this.#forget();
    }
    this.#last = event.timeStamp;
    // One character more than is ever passed on is enough to know that this is no card.
    this.#text = (this.#text + typed).slice(0, most + 1);
    this.#wait();
  }

  /** Enter that no scanner typed: nothing long was read just before it. */
  #own(key, { key: pressed, timeStamp }) {
    if (pressed === key && this.#isAsked() && !this.#isWaiting() && timeStamp - this.#read > quietMs) {
      this.#onTyped(key);
    }
  }

  /** A scanner ends with Enter or Tab, and some add another: only long after the last character is such a key a person's. */
  #isByHand({ key, timeStamp, ctrlKey, altKey, metaKey }) {
    return hand.has(key) && !ctrlKey && !altKey && !metaKey && this.#text === '' && !this.#isWaiting() && timeStamp - this.#last > quietMs;
  }

  #wait() {
    clearTimeout(this.#pause);
    const { length } = this.#text;
    // Keys already queued behind a busy moment come in before the second step.
    this.#pause = setTimeout(() => setTimeout(() => {
      if (length === this.#text.length) {
        this.#finish();
      }
    }), gapMs);
  }

  /** @param complete  The scanner has said so itself. */
  #finish(complete = false) {
    clearTimeout(this.#pause);
    if (this.#text !== '') {
      const text = fold(this.#text.trim());
      this.#parts = [...this.#parts, { text, raw: this.#isAsked() ? this.#text : text, told: false }].slice(-cardLength);
      this.#text = '';
    }
    const cards = this.#cards();
    if (cards) {
      // Whatever was read before them is the same card, held badly the first time.
      this.#parts = [];
      this.#hand(...cards);
    } else if (complete) {
      this.#forget();
    } else {
      this.#expectMore();
    }
  }

  /** The last parts, as few as make whole cards together. */
  #cards() {
    let text = '';
    for (const part of this.#parts.toReversed()) {
      text = part.text + text;
      if (isWhole(text)) {
        return text.match(new RegExp(`.{${cardLength}}`, 'g'));
      }
      if (!isPart(text)) {
        break;
      }
    }
    return null;
  }

  #waiting = () => this.#parts.filter((part) => !part.told);

  #isWaiting = () => this.#waiting().length > 0;

  /** The rest of a card is waited for; what cannot become one is told at once. */
  #expectMore() {
    clearTimeout(this.#patience);
    let waiting = this.#waiting();
    while (waiting.length > 1 && !isPart(textOf(waiting))) {
      this.#tell([waiting[0]]);
      waiting = waiting.slice(1);
    }
    const text = textOf(waiting);
    if (text.length >= least && isPart(text)) {
      this.#patience = setTimeout(() => this.#tell(this.#waiting()), stallMs);
    } else {
      this.#tell(waiting);
    }
  }

  #forget() {
    clearTimeout(this.#patience);
    this.#tell(this.#waiting());
    this.#parts = [];
  }

  #tell(parts) {
    parts.forEach((part) => { part.told = true; });
    const text = textOf(parts);
    if (text.length < least) {
      [...parts.map((part) => part.raw).join('')].forEach((key) => this.#onTyped(key));
    } else {
      this.#hand(text.slice(0, most));
    }
  }

  #hand(...texts) {
    this.#read = performance.now();
    texts.forEach((text) => this.#onText(text));
  }
}
