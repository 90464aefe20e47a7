// The player's corrected time, carried on by the page's monotonic clock: a wrong clock of the machine shows nowhere.
let offset = null;

export function syncClock(now, ageMs) {
  offset = Date.parse(now) + ageMs - performance.now();
}

export const now = () => (offset === null ? Date.now() : performance.now() + offset);

/** Calls back a moment after every full second. */
export function everySecond(callback) {
  const tick = () => {
    callback();
    setTimeout(tick, 1005 - (now() % 1000));
  };
  tick();
}
