import { Aloud } from './aloud.js';
import { Camera } from './camera.js';
import { CheckIn } from './checkin.js';
import { everySecond, syncClock } from './clock.js';
import { Host } from './host.js';
import { Identify } from './identify.js';
import { Keyboard } from './keyboard.js';
import { Keys } from './keys.js';
import { Meeting } from './meeting.js';
import { Notices } from './notices.js';
import { Numbers } from './numbers.js';
import { Playback } from './playback.js';
import { Practice, practiceMeeting } from './practice.js';
import { setMounting } from './screen.js';
import { Setup } from './setup.js';
import { Signage } from './signage.js';
import { Socket } from './socket.js';
import * as sounds from './sounds.js';
import { setLanguage } from './texts.js';
import { Ticker } from './ticker.js';
import { Touch } from './touch.js';
import * as voice from './voice.js';
import { Wedge } from './wedge.js';

let frame = null;
let ducked = false;
let ready = false;
let veiled = null;

const report = (event) => socket.send({ type: 'event', event });
/** A card nobody hears of must not look taken. */
const readCard = (text) => socket.sendNow({ type: 'card', text }) || checkIn.failed(frame?.view.language);
const act = (action) => socket.sendNow({ type: 'touch', action });

const playback = new Playback((event) => {
  report(event);
  if (frame) {
    signage.show(frame.view, isSplash(frame.view));
  }
});
const signage = new Signage();
const ticker = new Ticker(report);
const notices = new Notices(report, (on) => {
  ducked = on;
  applyVolume();
}, () => meeting.fit());
const camera = new Camera(readCard, () => frame && redraw());
const meeting = new Meeting(() => camera.preview);
const checkIn = new CheckIn();
const setup = new Setup();
const identify = new Identify();
const aloud = new Aloud();
const touch = new Touch(act, aloud, () => camera.preview);
const practice = new Practice(() => host.practise());
const keys = new Keys(touch, act);
const socket = new Socket((message) => {
  if (message.type === 'view') {
    apply(message);
  } else if (message.type === 'number_answered') {
    numbers.answered(message);
  } else if (message.type === 'card_failed') {
    checkIn.failed(frame?.view.language);
  }
});
const numbers = new Numbers((meetingId, number) => socket.sendNow({ type: 'number', meeting: meetingId, number }));
/** Made when a text is first asked for. */
let keyboard = null;
const typing = {
  ask: (asked) => (keyboard ??= new Keyboard()).ask(asked),
  close: () => keyboard?.close(),
  warn: (words) => keyboard?.warn(words),
};
const host = new Host((command) => socket.sendNow({ type: 'host', command }), act, () => (frame?.view.meeting ? null : camera.preview), typing);
new Wedge(readCard, (event) => keyboard?.key(event.key) || host.key(event.key) || keys.press(event), (key) => keyboard?.key(key) || host.key(key), () => keyboard?.shown);

const isSplash = (view) => !view.meeting && !playback.showing;

/** While practising the meeting on the screen is the practice meeting. */
const shown = (view) => (view.touch?.practice ? { ...view, meeting: practiceMeeting(view.touch.practice, view) } : view);

function redraw() {
  meeting.show(frame.view, frame.meetingQr);
  touch.show(frame.view, setup.covers);
}

function applyVolume() {
  const { view } = frame;
  playback.setVolume(view.takeover ? 0 : ducked ? view.volumePercent * 0.2 : view.volumePercent);
}

/** Only a page that really makes frames beats: by the second the first one stands on the screen. */
function beat() {
  requestAnimationFrame(() => requestAnimationFrame(() => socket.sendNow({ type: 'event', event: { kind: 'heartbeat' } })));
}

/** A picture of the screen is about to be taken: nobody's face is to be on it. */
function drawVeil(veil) {
  const root = document.documentElement;
  root.classList.toggle('veiled', !!veil);
  if (veil && veil !== veiled) {
    veiled = veil;
    // Two frames, and one more for the compositor.
    requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => report({ kind: 'veiled', id: veil }))));
  }
}

/** Level-triggered: whatever came before, this is what is true now. */
function apply(message) {
  syncClock(message.view, message.ageMs);
  setLanguage(message.view, message.texts);
  frame = { ...message, view: shown(message.view) };
  const { view } = frame;
  aloud.player = frame.aloud;
  setMounting(view.orientation, view.elderMode);
  // Who comes late is greeted quietly.
  sounds.setVolume(view.meeting?.phase === 'during' ? view.volumePercent / 2 : view.volumePercent);
  applyVolume();

  setup.show(view, frame.pairingQr);
  const alone = setup.covers;
  // A meeting or a set-up screen covers playback; what nobody sees is not played and not counted as played.
  const coming = view.playback.coming ?? (view.touch && !view.meeting ? view.playback.current : null);
  playback.show(alone || view.meeting || view.touch ? { coming: alone ? null : coming } : view.playback);
  numbers.show(view, alone || !!view.takeover || !!view.touch);
  camera.want(frame.camera && (view.meeting?.checkInOpen === true || view.meeting?.exitOpen === true || view.touch?.own?.state === 'ask_card' || view.host?.step === 'card') && !alone);
  ticker.show(alone || view.takeover || view.touch || view.resting ? [] : view.tickers, view.elderMode);
  meeting.show(view, frame.meetingQr);
  practice.show(view, frame.practiceQr);
  touch.show(view, alone);
  host.show(view);
  // Black is what comes closest to a screen that is off; a touch lays its page over it.
  document.getElementById('rest').hidden = !view.resting || alone;
  meeting.fit(); // the open panel takes room from it
  if (view.volumePercent > 0) {
    // After a start the content comes first; where cards are shown, the voice does.
    setTimeout(() => voice.prepare(view.language), ready || view.meeting ? 0 : 3000);
  }
  notices.show(alone || view.touch ? { takeover: alone ? null : view.takeover } : view, alone || !!view.takeover);
  identify.show(view);
  checkIn.show(view.checkIn, view.language);
  signage.show(view, isSplash(view));
  drawVeil(view.veil);
  document.documentElement.dataset.revision = String(view.revision);
  if (!ready) {
    ready = true;
    report({ kind: 'ready' });
    beat();
  }
}

everySecond(() => {
  signage.tick();
  meeting.tick();
  touch.tick();
  numbers.tick(frame?.view);
  host.tick();
});

setInterval(beat, 2000);
