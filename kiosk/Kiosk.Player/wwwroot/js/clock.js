// The player's corrected time, carried on by the page's monotonic clock: a wrong clock of the machine shows nowhere.
let offset = null;

export function syncClock(now, ageMs) {
  offset = Date.parse(now) + ageMs - performance.now();
}

export const now = () => (offset === null ? Date.now() : performance.now() + offset);

/** A player that has never heard the time counts from 1970: then no clock is shown rather than a wrong one. */
export const isKnown = () => offset !== null && now() > Date.UTC(2020, 0, 1);

/** Calls back a moment after every full second. */
export function everySecond(callback) {
  const tick = () => {
    callback();
    setTimeout(tick, 1005 - (now() % 1000));
  };
  tick();
}
