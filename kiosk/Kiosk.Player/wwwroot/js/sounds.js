// Made here, so that they sound alike on every machine and need no file.
let context = null;
let level = 0;

export function setVolume(percent) {
  level = Math.min(1, Math.max(0, percent / 100));
}

export const volume = () => level;

function tone(start, frequency, length, gain) {
  const oscillator = context.createOscillator();
  const envelope = context.createGain();
  oscillator.type = 'sine';
  oscillator.frequency.value = frequency;
  envelope.gain.setValueAtTime(0, start);
  envelope.gain.linearRampToValueAtTime(gain * level, start + 0.015);
  envelope.gain.exponentialRampToValueAtTime(0.0001, start + length);
  oscillator.connect(envelope).connect(context.destination);
  oscillator.start(start);
  oscillator.stop(start + length + 0.02);
}

function play(notes) {
  if (level === 0) {
    return;
  }
  context ??= new AudioContext();
  context.resume().catch(() => {});
  const begin = context.currentTime + 0.02;
  notes.forEach(([at, frequency, length, gain]) => tone(begin + at, frequency, length, gain));
}

/** Plays a decoded clip so many seconds from now; the answer stops it. */
export function clip(buffer, after) {
  context ??= new AudioContext();
  context.resume().catch(() => {});
  const [source, gain] = [context.createBufferSource(), context.createGain()];
  source.buffer = buffer;
  gain.gain.value = level;
  source.connect(gain).connect(context.destination);
  source.start(context.currentTime + after);
  return source;
}

/** Two rising tones. */
export const done = () => play([[0, 659, 0.22, 0.5], [0.14, 988, 0.5, 0.5]]);

/** One low tone. */
export const refused = () => play([[0, 196, 0.55, 0.6]]);

/** Three calm strokes, once. */
export const urgent = () => play([[0, 523, 0.7, 0.6], [0.5, 523, 0.7, 0.6], [1, 784, 1.1, 0.6]]);

/** A notice's own voice: `over` resolves when it has ended or was stopped. The words are on screen; a clip that cannot be played takes nothing away from them. */
export function voice(url) {
  if (level === 0) {
    return { over: Promise.resolve(), stop: () => {} };
  }
  const audio = new Audio(url);
  audio.volume = level;
  let stop;
  const over = new Promise((resolve) => {
    audio.onended = resolve;
    audio.onerror = resolve;
    stop = () => {
      audio.pause();
      resolve();
    };
    audio.play().catch(resolve);
  });
  return { over, stop };
}
