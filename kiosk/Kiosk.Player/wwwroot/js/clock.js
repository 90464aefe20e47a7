// The player's corrected time, carried on by the page's monotonic clock: a wrong clock of the machine shows nowhere.
let offset = null;
let known = false;

export function syncClock({ now, timeUnknown }, ageMs) {
  offset = Date.parse(now) + ageMs - performance.now();
  known = !timeUnknown;
}

export const now = () => (offset === null ? Date.now() : performance.now() + offset);

/** A player that has not heard the time since its power was cut only guesses it: then no clock is shown rather than a wrong one. */
export const isKnown = () => known;

/** Calls back a moment after every full second. */
export function everySecond(callback) {
  const tick = () => {
    callback();
    setTimeout(tick, 1005 - (now() % 1000));
  };
  tick();
}
