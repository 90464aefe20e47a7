// A keyboard-wedge scanner types faster than anybody can: keys less than 60 ms apart that end in Enter, Tab or a pause.
const gapMs = 60;
const least = 12;

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

export class Wedge {
  #text = '';
  #last = 0;
  #timer = 0;
  #onText;

  constructor(onText, target = document) {
    this.#onText = onText;
    target.addEventListener('keydown', (event) => this.#key(event), { capture: true });
    for (const name of ['keyup', 'keypress', 'beforeinput', 'compositionstart']) {
      target.addEventListener(name, (event) => event.preventDefault(), { capture: true });
    }
  }

  #key(event) {
    // Nothing on this page is typed by hand, and no key may lead out of it.
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    if (event.key === 'Enter' || event.key === 'Tab') {
      this.#finish();
      return;
    }
    const typed = character(event);
    if (typed === null) {
      return;
    }
    // The event's own time: a busy page handles keys late, but the scanner typed them evenly.
    if (event.timeStamp - this.#last > gapMs) {
      this.#finish();
    }
    this.#last = event.timeStamp;
    this.#text += typed;
    this.#wait();
  }

  #wait() {
    clearTimeout(this.#timer);
    const length = this.#text.length;
    // Keys already queued behind a busy moment come in before the second step.
    this.#timer = setTimeout(() => setTimeout(() => {
      if (length === this.#text.length) {
        this.#finish();
      }
    }), gapMs);
  }

  #finish() {
    clearTimeout(this.#timer);
    const text = fold(this.#text.trim());
    this.#text = '';
    if (text.length >= least && text.length <= 512) {
      this.#onText(text);
    }
  }
}
