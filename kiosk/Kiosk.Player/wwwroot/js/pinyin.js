// What is said in the rooms where these screens hang, and in no dictionary. As likely as a common word.
const ours = {
  党支部: 'dang zhi bu', 党小组: 'dang xiao zu', 党小组会: 'dang xiao zu hui', 支委会: 'zhi wei hui', 党课: 'dang ke', 微党课: 'wei dang ke', 主题党日: 'zhu ti dang ri', 党员大会: 'dang yuan da hui',
  组织生活会: 'zu zhi sheng huo hui', 民主评议: 'min zhu ping yi', 谈心谈话: 'tan xin tan hua', 三会一课: 'san hui yi ke', 换届选举: 'huan jie xuan ju', 预备党员: 'yu bei dang yuan', 积极分子: 'ji ji fen zi',
  党费: 'dang fei', 党建: 'dang jian', 党务: 'dang wu', 党委: 'dang wei', 党群: 'dang qun', 先锋模范: 'xian feng mo fan', 网格员: 'wang ge yuan', 居委会: 'ju wei hui', 村委会: 'cun wei hui', 志愿服务: 'zhi yuan fu wu',
};
const likely = 5e-10;
const longest = 30;
const marks = /[\u0300\u0301\u0304\u030c]/g;

/** Pinyin without tones, in letters that are on a keyboard: ü is v. */
const plain = (tonal) => tonal.normalize('NFD').replace(marks, '').normalize('NFC').replaceAll('ü', 'v').toLowerCase();

/**
 * Pinyin to Chinese: words by how often they are written, sentences put together from words, and every character of every syllable.
 * It learns nothing, so that nobody's words show to the next one.
 */
export class Lexicon {
  /** What is written in some letters: [text, syllables, likelihood], the likeliest first. */
  #by = new Map();
  #syllables = new Set();
  #keys = [];
  #total = 0;

  /**
   * @param words  { 词: ['cí', likelihood] }
   * @param readings  [character, its syllables without tones] of every character there is.
   * @param ranks  { syllable: 'characters, the most used first' }: the dictionary of words leaves out some of the commonest.
   */
  constructor(words, readings, ranks) {
    const read = new Map();
    const add = (text, syllables, weight) => {
      for (const letters of new Set([syllables.join(''), syllables.join('').replace(/([ln])ve/g, '$1ue')])) {
        const list = this.#by.get(letters);
        list ? list.push([text, syllables, weight]) : this.#by.set(letters, [[text, syllables, weight]]);
      }
    };
    const single = new Map();
    for (const [text, [tonal, given]] of [...Object.entries(words), ...Object.entries(ours).map(([text, reading]) => [text, [reading, likely]])]) {
      const syllables = plain(tonal).split(/\s+/);
      const letters = [...text];
      const weight = given ?? 1e-12;
      if (letters.length !== syllables.length || !syllables.every((each) => /^[a-z]+$/.test(each))) {
        continue;
      }
      this.#total += weight;
      if (letters.length === 1) {
        single.set(text, [syllables[0], weight]);
        continue;
      }
      if (!(text in ours) || ours[text] === tonal) {
        add(text, syllables, weight);
      }
      // In which reading a character is written how often, its words tell.
      letters.forEach((letter, at) => {
        const counts = read.get(letter) ?? read.set(letter, {}).get(letter);
        counts[syllables[at]] = (counts[syllables[at]] ?? 0) + weight;
      });
    }
    for (const [syllable, list] of Object.entries(ranks)) {
      let later = 1e-14;
      for (const character of list.split(' ').reverse()) {
        if (!single.has(character)) {
          single.set(character, [syllable, later * 1.05]);
        }
        later = Math.max(later, single.get(character)[1]);
      }
    }
    for (const [character, all] of readings) {
      const [first, weight] = single.get(character) ?? [null, 1e-15];
      const counts = read.get(character) ?? {};
      const sum = Object.values(counts).reduce((a, b) => a + b, 0);
      for (const syllable of new Set([...(first ? [first] : []), ...all].filter((each) => /^[a-z]+$/.test(each)))) {
        this.#syllables.add(syllable);
        const share = sum > 0 ? (counts[syllable] ?? 0) / sum : syllable === (first ?? all[0]) ? 1 : 0;
        add(character, [syllable], weight * Math.max(share, 1e-5));
      }
    }
    for (const syllable of [...this.#syllables]) {
      this.#syllables.add(syllable.replace(/^([ln])ve$/, '$1ue'));
    }
    for (const list of this.#by.values()) {
      list.sort((a, b) => b[2] - a[2]);
    }
    this.#keys = [...this.#by.keys()].sort();
  }

  /**
   * What letters may mean, the likeliest first: { text, used }, with how many of the letters it stands for.
   * @param typed  Letters, with ' where a syllable is to end.
   */
  candidates(typed) {
    const input = typed.slice(0, 60);
    const found = new Map();
    const take = (text, used) => found.has(text) || found.set(text, { text, used });
    const exact = this.#exact(input);
    const best = this.#sentence(input);
    exact.filter(([text]) => text.length > 1).forEach(([text]) => take(text, input.length));
    if (found.size === 0 && exact.length === 0) {
      this.#beginning(input).slice(0, 3).forEach((text) => take(text, input.length));
    }
    if (best && exact.length === 0) {
      take(best, input.length);
    }
    exact.slice(0, 6).forEach(([text]) => take(text, input.length));
    this.#beginning(input).slice(0, 6).forEach((text) => take(text, input.length));
    exact.forEach(([text]) => take(text, input.length));
    for (let end = Math.min(input.length - 1, longest); end > 0; end--) {
      this.#exact(input.slice(0, end)).filter(([text]) => text.length > 1 || this.#syllables.has(input.slice(0, end))).forEach(([text]) => take(text, end));
    }
    return [...found.values()];
  }

  #exact(input) {
    const list = this.#by.get(input.replaceAll("'", '')) ?? [];
    return input.includes("'") ? list.filter(([, syllables]) => keeps(syllables, input)) : list;
  }

  /** Words that begin so. */
  #beginning(input) {
    const letters = input.replaceAll("'", '');
    const words = [];
    for (let at = this.#search(letters); at < this.#keys.length && this.#keys[at].startsWith(letters) && words.length < 4000; at++) {
      if (this.#keys[at] !== letters) {
        words.push(...this.#by.get(this.#keys[at]).slice(0, 4));
      }
    }
    return words.filter(([, syllables]) => keeps(syllables, input)).sort((a, b) => b[2] - a[2]).map(([text]) => text);
  }

  #search(letters) {
    let [low, high] = [0, this.#keys.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      [low, high] = this.#keys[middle] < letters ? [middle + 1, high] : [low, middle];
    }
    return low;
  }

  /** The likeliest row of words for all of it; null where it is no pinyin. The last syllable may be unfinished. */
  #sentence(input) {
    const best = [{ score: 0, text: '' }];
    for (let end = 1; end <= input.length; end++) {
      for (let start = Math.max(0, end - longest); start < end; start++) {
        const before = best[start];
        const part = input.slice(start, end).replace(/^'/, '');
        const word = before && part ? this.#exact(part)[0] ?? (end === input.length && start > 0 && part.length < 6 ? this.#open(part) : null) : null;
        const score = word ? before.score + Math.log(word[2] / this.#total) : -Infinity;
        if (word && (!best[end] || score > best[end].score)) {
          best[end] = { score, text: before.text + word[0] };
        }
      }
    }
    return best[input.length]?.text ?? null;
  }

  #open(part) {
    const text = this.#beginning(part)[0];
    return text ? [text, [], 1e-13] : null;
  }
}

/** Whether a word's syllables end wherever the letters say so. */
function keeps(syllables, input) {
  let at = 0;
  const ends = new Set(syllables.map((each) => (at += each.length)));
  let letters = 0;
  return [...input].every((each) => (each === "'" ? letters === 0 || ends.has(letters) : ++letters));
}
