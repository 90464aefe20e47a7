import { Camera } from './camera.js';
import { CheckIn } from './checkin.js';
import { everySecond, syncClock } from './clock.js';
import { Meeting } from './meeting.js';
import { Notices } from './notices.js';
import { Playback } from './playback.js';
import { setMounting } from './screen.js';
import { Setup } from './setup.js';
import { Signage } from './signage.js';
import { Socket } from './socket.js';
import * as sounds from './sounds.js';
import { setLanguage } from './texts.js';
import { Ticker } from './ticker.js';
import { Wedge } from './wedge.js';

let frame = null;
let ducked = false;
let ready = false;

const report = (event) => socket.send({ type: 'event', event });
const readCard = (text) => socket.sendNow({ type: 'card', text });

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
const camera = new Camera(readCard, () => frame && meeting.show(frame.view, frame.meetingQr));
const meeting = new Meeting(() => camera.preview);
const checkIn = new CheckIn();
const setup = new Setup();
const socket = new Socket((message) => {
  if (message.type === 'view') {
    apply(message);
  } else if (message.type === 'card_failed') {
    checkIn.failed(frame?.view.language);
  }
});
new Wedge(readCard);

const isSplash = (view) => !view.meeting && !playback.showing;

function applyVolume() {
  const { view } = frame;
  playback.setVolume(view.takeover ? 0 : ducked ? view.volumePercent * 0.2 : view.volumePercent);
}

/** Only a page that really makes frames beats. */
function beat() {
  requestAnimationFrame(() => socket.sendNow({ type: 'event', event: { kind: 'heartbeat' } }));
}

/** Level-triggered: whatever came before, this is what is true now. */
function apply(message) {
  frame = message;
  const { view } = frame;
  syncClock(view.now, frame.ageMs);
  setLanguage(view, frame.texts);
  setMounting(view.orientation, view.elderMode);
  sounds.setVolume(view.volumePercent);
  applyVolume();

  setup.show(view, frame.pairingQr);
  const alone = setup.covers;
  // A meeting or a set-up screen covers playback; what nobody sees is not played and not counted as played.
  playback.show(alone || view.meeting ? { coming: alone ? null : view.playback.coming } : view.playback);
  camera.want(frame.camera && view.meeting?.checkInOpen === true && !alone);
  ticker.show(alone || view.takeover ? [] : view.tickers, view.elderMode);
  meeting.show(view, frame.meetingQr);
  notices.show(alone ? {} : view, alone || !!view.takeover);
  checkIn.show(view.checkIn, view.language);
  signage.show(view, isSplash(view));
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
});

setInterval(beat, 2000);

for (const name of ['contextmenu', 'dragstart', 'selectstart', 'gesturestart', 'drop', 'dragover']) {
  addEventListener(name, (event) => event.preventDefault());
}
addEventListener('wheel', (event) => event.ctrlKey && event.preventDefault(), { passive: false });
