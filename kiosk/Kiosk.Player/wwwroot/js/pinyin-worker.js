import '/lib/pinyin/pinyin.js';
import ranked from '/lib/pinyin/characters.js';
import { Lexicon } from './pinyin.js';

const ready = load();

/** Everything from Unicode's common block: rare characters are mostly people's names. */
async function load() {
  const words = await (await fetch('/lib/pinyin/words.json')).json();
  const readings = [];
  for (let code = 0x4e00; code <= 0x9fff; code++) {
    const character = String.fromCodePoint(code);
    const all = globalThis.pinyinPro.pinyin(character, { multiple: true, toneType: 'none', type: 'array', v: true });
    if (all[0] !== character) {
      readings.push([character, all]);
    }
  }
  return new Lexicon(words, readings, ranked.layoutCandidates);
}

onmessage = async ({ data: { id, letters } }) => {
  postMessage({ id, candidates: letters ? (await ready).candidates(letters) : (await ready, []) });
};
