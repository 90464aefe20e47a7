import * as sounds from './sounds.js';

const blocks = 'h1, h2, p, li, .tile, .today, .big, .more';

/** The sentences of a page in the order a person reads them. */
export function sentences(page) {
  const leaves = [...page.querySelectorAll(blocks)].filter((element) => !element.querySelector(blocks) && element.getClientRects().length > 0);
  return leaves
    .map((element) => [...walk(element)].join('，').replace(/\s+/g, ' ').trim())
    .flatMap((text) => text.match(/[^。！？!?；;\n]{1,180}[。！？!?；;\n]?/g) ?? [])
    .map((text) => text.trim())
    .filter((text) => /[\p{L}\p{N}]/u.test(text));
}

function* walk(element) {
  for (const node of element.childNodes) {
    if (node.nodeType === Node.TEXT_NODE && node.data.trim()) {
      yield node.data.trim();
    } else if (node.nodeType === Node.ELEMENT_NODE && !(node instanceof SVGElement)) {
      yield* walk(node);
    }
  }
}

/** A voice of this browser that speaks the language without a network; the robot of the system is no better than our own. */
export function voiceOf(language) {
  const wanted = language.slice(0, 2).toLowerCase();
  return (globalThis.speechSynthesis?.getVoices() ?? [])
    .find((voice) => voice.localService && voice.lang.toLowerCase().replace('_', '-').startsWith(wanted) && !/espeak/i.test(voice.name + voice.voiceURI)) ?? null;
}

/** Reads pages aloud: with a voice of the browser, else with the player's; stops at any touch. */
export class Aloud {
  #reading = 0;
  #round = 0;
  #audio = null;
  onChange = () => {};

  /** Whether the player can speak where the browser cannot. */
  player = false;

  constructor() {
    globalThis.speechSynthesis?.getVoices();
    addEventListener('pointerdown', ({ target }) => {
      if (!target.closest?.('[data-act="read"]')) {
        this.stop();
      }
    });
  }

  get reading() {
    return this.#reading > 0;
  }

  can(language) {
    return this.player || voiceOf(language) !== null;
  }

  toggle(page, language) {
    if (this.reading) {
      this.stop();
    } else if (page) {
      this.#read(sentences(page), language);
    }
  }

  stop() {
    this.#round++;
    globalThis.speechSynthesis?.cancel();
    this.#audio?.pause();
    this.#audio = null;
    if (this.#reading !== 0) {
      this.#reading = 0;
      this.onChange();
    }
  }

  async #read(texts, language) {
    this.stop();
    const round = this.#round;
    this.#reading = 1;
    this.onChange();
    const voice = voiceOf(language);
    for (const text of texts) {
      if (round !== this.#round) {
        return;
      }
      await (voice ? this.#utter(text, voice) : this.#play(text, language));
    }
    if (round === this.#round) {
      this.stop();
    }
  }

  #utter(text, voice) {
    return new Promise((resolve) => {
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      utterance.rate = 0.9;
      utterance.volume = sounds.volume();
      utterance.onend = utterance.onerror = resolve;
      speechSynthesis.speak(utterance);
    });
  }

  async #play(text, language) {
    const audio = new Audio(`/aloud?${new URLSearchParams({ text, lang: language })}`);
    audio.volume = sounds.volume();
    this.#audio = audio;
    try {
      const over = new Promise((resolve) => {
        audio.onended = audio.onerror = audio.onpause = resolve;
      });
      await audio.play();
      await over;
    } catch {
      // The words are on the screen.
    }
  }
}
