import * as sounds from './sounds.js';
import { voiceOf } from './aloud.js';
import { t } from './texts.js';

/** What is said about each outcome of a card that was not taken; everything else sends to the host. */
const lines = {
  too_early: 'too_early',
  too_late: 'too_late',
  not_on_roster: 'not_on_roster',
  guest: 'not_on_roster',
  unknown_card: 'unknown_card',
  wrong_issuer: 'wrong_issuer',
  revoked_card: 'revoked_card',
  meeting_cancelled: 'cancelled',
  rate_limited: 'wait',
  not_ready: 'wait',
  journal_failed: 'paper',
  no_meeting: 'no_meeting',
  practice_card: 'practice_card',
};

/** Name of the line for a result. */
export function lineOf({ kind, outcome, late, practiceCard }) {
  if (kind === 'refused' || kind === 'noted') {
    return lines[outcome] ?? 'see_host';
  }
  if (kind === 'left' || kind === 'taken_back') {
    return kind;
  }
  return kind === 'already_done' ? 'already' : kind === 'saved_offline' ? 'saved' : practiceCard ? 'practice_done' : late ? 'late' : 'done';
}

export const allLines = ['done', 'late', 'saved', 'already', 'see_host', 'practice_done', 'left', 'taken_back', 'continue', ...new Set(Object.values(lines))];

const clips = new Map();
const address = (line, language) => `/voice/${language}/${line}.mp3`;
let playing = null;
let said = 0;

/** Fetches and decodes every line of a language, so that none waits for the disk when a card is shown. */
export function prepare(language) {
  const decoder = new OfflineAudioContext(1, 1, 44100);
  for (const line of allLines) {
    const url = address(line, language);
    if (!clips.has(url)) {
      clips.set(url, fetch(url)
        .then((response) => (response.ok ? response.arrayBuffer() : Promise.reject(new Error(String(response.status)))))
        .then((bytes) => decoder.decodeAudioData(bytes))
        .catch(() => null));
    }
  }
}

/** Says a line after the tones: in a voice of this browser where there is one, else with our own clip. The latest one wins. */
export function say(line, language, after = 0.45) {
  hush();
  if (sounds.volume() === 0) {
    return;
  }
  const mine = ++said;
  const voice = voiceOf(language);
  if (!voice) {
    playClip(line, language, after, mine);
    return;
  }
  const utterance = new SpeechSynthesisUtterance(t(`say.${line}`));
  utterance.voice = voice;
  utterance.volume = sounds.volume();
  // Some voices hang; the person at the door does not wait for them.
  const silent = setTimeout(() => {
    if (mine !== said) {
      return;
    }
    speechSynthesis.cancel();
    playClip(line, language, 0, mine);
  }, after * 1000 + 700);
  utterance.onstart = () => clearTimeout(silent);
  setTimeout(() => mine === said && speechSynthesis.speak(utterance), after * 1000);
}

async function playClip(line, language, after, mine) {
  const due = performance.now() + after * 1000;
  prepare(language);
  const clip = await clips.get(address(line, language));
  if (clip && mine === said) {
    playing = sounds.clip(clip, Math.max(0, (due - performance.now()) / 1000));
  }
}

export function hush() {
  said++;
  globalThis.speechSynthesis?.cancel();
  playing?.stop();
  playing = null;
}
