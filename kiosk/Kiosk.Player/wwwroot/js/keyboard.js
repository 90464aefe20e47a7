import { h, Screen, setText } from './dom.js';
import { t } from './texts.js';

const letters = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const signs = { zh: ['1234567890', '，。、；：？！·…—', '（）《》“”／－％＋'], en: ['1234567890', ',.;:?!\'"…—', '()<>@#/-%+'] };
const strip = 30; // candidates fetched into the strip; how many fit, the screen decides
const grid = 40;

/**
 * The keyboard of the screen, wherever a text is asked for: pinyin with candidates, letters, digits and signs. It keeps nothing: what was typed
 * is gone when it closes, and it learns no words. A real keyboard types into the same field.
 */
export class Keyboard {
  #screen = new Screen('keyboard', () => this.#build());
  #asked = null;
  #text = [];
  #letters = '';
  #found = [];
  #page = 0;
  #chinese = true;
  #signs = false;
  #upper = false;
  #open = false;
  #worker = null;
  #serial = 0;
  #parts = {};
  #warning = null;

  constructor() {
    const element = this.#screen.element;
    // Down, not click: the second of two quick thumbs makes no click. A click without a pointer is a real keyboard's.
    element.addEventListener('pointerdown', (event) => this.#pressed(event.target.closest('button'), event));
    element.addEventListener('click', (event) => event.detail === 0 && this.#pressed(event.target.closest('button'), event));
  }

  get shown() {
    return this.#asked !== null;
  }

  /**
   * Asks for a text.
   * @param asked  { title, text, limit, done(text), cancel(), alive() }; alive is told of every key.
   */
  ask(asked) {
    this.#asked = asked;
    this.#text = [...(asked.text ?? '')].slice(0, asked.limit);
    [this.#letters, this.#found, this.#page, this.#signs, this.#upper, this.#open, this.#warning] = ['', [], 0, false, false, false, null];
    this.#chinese = document.documentElement.lang !== 'en';
    this.#draw();
    this.#look();
  }

  /** Away, and nothing of it left. */
  close() {
    this.#asked = null;
    [this.#text, this.#letters, this.#found, this.#parts] = [[], '', [], {}];
    this.#screen.show(null);
  }

  /** A question that cannot wait until the text is finished; null when it is answered. */
  warn(words) {
    if (this.shown && words !== this.#warning) {
      this.#warning = words;
      this.#parts.warning.hidden = words === null;
      setText(this.#parts.words, words ?? '');
    }
  }

  /** A key of a real keyboard. True when it was taken. */
  key(key) {
    if (!this.shown) {
      return false;
    }
    this.#asked.alive?.();
    if (key === 'Escape') {
      this.#letters ? this.#compose('') : this.#act('cancel');
    } else if (key === 'Enter') {
      this.#act(this.#letters ? 'raw' : 'done');
    } else if (key === 'Backspace') {
      this.#act('erase');
    } else if (key === ' ') {
      this.#act('space');
    } else if (this.#letters && /^[1-9]$/.test(key)) {
      this.#choose(this.#page + Number(key) - 1);
    } else if ([...key].length === 1) {
      this.#type(key);
    }
    return true;
  }

  #pressed(button, event) {
    event.preventDefault();
    if (!button || !this.shown) {
      return;
    }
    this.#asked.alive?.();
    const { key, act, candidate } = button.dataset;
    if (candidate) {
      this.#choose(Number(candidate));
    } else if (key) {
      this.#type(this.#upper ? key.toUpperCase() : key);
    } else if (act) {
      this.#act(act);
    }
  }

  #act(act) {
    switch (act) {
      case 'erase': return this.#letters ? this.#compose(this.#letters.slice(0, -1)) : this.#put(() => this.#text.pop());
      case 'clear': return this.#put(() => { [this.#text, this.#letters] = [[], '']; });
      case 'space': return this.#letters ? this.#choose(this.#page) : this.#put(() => this.#write(' '));
      case 'raw': return this.#put(() => { this.#write(this.#letters); this.#letters = ''; });
      case 'language': return this.#put(() => { this.#write(this.#letters); [this.#letters, this.#chinese, this.#signs, this.#upper] = ['', !this.#chinese, false, false]; });
      case 'signs': return this.#put(() => { this.#signs = !this.#signs; });
      case 'upper': return this.#put(() => { this.#upper = !this.#upper; });
      case 'more': return this.#turn(() => { this.#open = !this.#open; this.#page = 0; });
      case 'on': return this.#turn(() => { this.#page = Math.min(this.#page + this.#step, Math.max(0, this.#found.length - 1)); });
      case 'back': return this.#turn(() => { this.#page = Math.max(0, this.#page - this.#step); });
      case 'stay': return undefined;
      case 'cancel': case 'done': {
        const { done, cancel } = this.#asked;
        this.#write(this.#letters);
        const text = this.#text.join('').trim();
        this.close();
        return act === 'done' ? done(text) : cancel?.();
      }
    }
  }

  /** As many as a page shows. */
  get #step() {
    return this.#parts.fits ?? 1;
  }

  #type(key) {
    if (this.#chinese && !this.#signs && /^[a-z']$/i.test(key) && !this.#upper) {
      this.#compose((this.#letters + key.toLowerCase()).slice(0, 60));
    } else {
      this.#put(() => {
        this.#write(this.#found[this.#page]?.text ?? this.#letters);
        this.#letters = '';
        this.#write(key);
      });
    }
  }

  #compose(letters) {
    this.#letters = letters;
    [this.#page, this.#open] = [0, this.#open && letters !== ''];
    this.#draw();
    this.#look();
  }

  #choose(index) {
    const chosen = this.#found[index];
    if (!chosen) {
      return this.#letters && this.#found.length === 0 ? this.#act('raw') : undefined;
    }
    this.#write(chosen.text);
    this.#compose(this.#letters.slice(chosen.used).replace(/^'+/, ''));
  }

  #write(text) {
    this.#text = [...this.#text, ...text].slice(0, this.#asked.limit);
  }

  #put(change) {
    change();
    this.#compose(this.#letters);
  }

  #turn(change) {
    change();
    this.#draw();
  }

  /** The dictionary is there when it is first needed; until then letters are letters. */
  #look() {
    this.#serial++;
    if (!this.#letters) {
      this.#found = [];
      this.#draw();
    }
    if (this.#chinese && this.shown) {
      this.#worker ??= this.#start();
      this.#worker.postMessage({ id: this.#serial, letters: this.#letters });
    }
  }

  #start() {
    const worker = new Worker('/js/pinyin-worker.js', { type: 'module' });
    worker.onmessage = ({ data: { id, candidates } }) => {
      if (id === this.#serial && this.shown) {
        this.#found = candidates;
        this.#draw();
      }
    };
    return worker;
  }

  #draw() {
    if (this.shown) {
      this.#screen.show([this.#text, this.#letters, this.#found.slice(this.#page, this.#page + grid), this.#page, this.#chinese, this.#signs, this.#upper, this.#open, document.documentElement.lang]);
      this.#fit();
    }
  }

  #build() {
    const act = (name, words, kind = '') => h(`button.${kind || name}`, { type: 'button', 'data-act': name }, words);
    const key = (character) => h('button.key', { type: 'button', 'data-key': character }, this.#upper ? character.toUpperCase() : character);
    const rows = this.#signs ? signs[this.#chinese ? 'zh' : 'en'] : letters;
    this.#parts.words = h('span', null, this.#warning ?? '');
    this.#parts.warning = h('p.warning', { role: 'alert', hidden: this.#warning === null ? '' : null }, this.#parts.words, act('stay', t('keyboard.go_on'), 'primary'));
    this.#parts.grid = this.#open ? h('div.grid', null, this.#candidates(grid)) : null;
    this.#parts.strip = h('div.strip', null, this.#candidates(this.#open ? 0 : strip));
    return [h('div.board', { role: 'dialog', 'aria-label': this.#asked.title },
      this.#parts.warning,
      h('header', null, h('h2.one-line', null, this.#asked.title), act('cancel', t('keyboard.cancel'))),
      h('div.field', null,
        h('p.text', { role: 'textbox', 'aria-label': this.#asked.title }, h('span', null, this.#text.join('')), h('u', null, this.#letters), h('i.caret')),
        h('small', null, `${this.#text.length}/${this.#asked.limit}`)),
      h('div.found', { class: this.#letters ? 'found' : 'found none' },
        this.#parts.strip, act('back', '‹', 'turn'), act('on', '›', 'turn'), act('more', this.#open ? '▴' : '▾', 'turn')),
      this.#open ? this.#parts.grid : h('div.keys', { class: `keys ${this.#signs ? 'signs' : 'letters'}` },
        ...rows.map((row, at) => h('div.row', null,
          at === 2 && !this.#signs ? act('upper', '⇧', this.#upper ? 'upper on' : 'upper') : null,
          ...[...row].map(key),
          at === 2 ? act('erase', '⌫') : null)),
        h('div.row', null,
          act('signs', this.#signs ? (this.#chinese ? t('keyboard.pinyin') : 'ABC') : '12，。'),
          act('language', [h('b', null, this.#chinese ? '中' : '英'), h('small', null, this.#chinese ? '/英' : '/中')]),
          this.#chinese && !this.#signs ? key("'") : null,
          act('space', this.#letters ? t('keyboard.choose') : t('keyboard.space')),
          act('clear', t('keyboard.clear')),
          act('done', t('keyboard.done'), 'primary'))))];
  }

  #candidates(count) {
    return this.#found.slice(this.#page, this.#page + count).map(({ text }, at) => h(`button.candidate${text.length > 5 ? '.longer' : text.length > 2 ? '.long' : ''}`, { type: 'button', 'data-candidate': String(this.#page + at) }, text));
  }

  /** Only whole candidates show, and the ways to more of them only where there are more. */
  #fit() {
    const { strip: row, grid: table } = this.#parts;
    const all = [...(table ?? row).children];
    const inside = (each) => (table ? each.offsetTop - table.offsetTop + each.offsetHeight <= table.clientHeight + 1 : each.offsetLeft - row.offsetLeft + each.offsetWidth <= row.clientWidth + 1);
    const fits = Math.max(1, all.filter(inside).length);
    all.slice(fits).forEach((each) => each.remove());
    this.#parts.fits = fits;
    const [back, on, more] = row.parentElement.querySelectorAll('.turn');
    back.disabled = this.#page === 0;
    on.disabled = this.#page + this.#step >= this.#found.length;
    more.disabled = !this.#open && this.#found.length <= fits;
    this.#screen.element.querySelector('.text').scrollLeft = 1e6;
  }
}
