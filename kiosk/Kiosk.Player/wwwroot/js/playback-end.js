const stallMs = 6000;

/** Knows when the shown play is over: by its time, by its last frame, or because its picture stands still. */
export class PlaybackEnd {
  #timers = new Set();
  #layer = null;
  #follower;
  #onEnd;
  /** How long play() takes here until a clip's time runs; the next clip is started that much early. */
  #leadMs = 80;

  /**
   * @param follower  Gives the play that is prepared to follow, or null.
   * @param onEnd     Called once or more often when a play is over.
   * @param onStall   Called when a clip stands still although it should move.
   */
  constructor(follower, onEnd, onStall) {
    this.#follower = follower;
    this.#onEnd = onEnd;
    setInterval(() => this.#watch(onStall), 1000);
  }

  /** Milliseconds from play() until a clip's time runs, as lately seen here. */
  get lead() {
    return this.#leadMs;
  }

  /** What the latest clip took from play() until its time ran. */
  learn(milliseconds) {
    this.#leadMs = Math.min(250, Math.max(20, this.#leadMs * 0.6 + milliseconds * 0.4));
  }

  cancel() {
    this.#layer = null;
    this.#timers.forEach(clearTimeout);
    this.#timers.clear();
  }

  after(milliseconds, action) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, milliseconds);
    this.#timers.add(timer);
  }

  /** Watches this play until another is watched or nothing is. */
  watch(layer) {
    this.#layer = layer;
    if (layer.item.durationMs || !layer.isVideo) {
      this.#byTime(layer);
    } else {
      layer.video.addEventListener('ended', () => this.#onEnd(layer), { once: true });
      if (!layer.endless) {
        this.#byFrames(layer);
      }
    }
  }

  #byTime(layer) {
    const left = (layer.item.durationMs || 10000) - (performance.now() - layer.startedAt);
    // Pictures and pages begin to fade a little early, clips are started a little early.
    const early = () => (this.#follower()?.isVideo ? this.#leadMs : 0);
    this.after(Math.max(0, left - 300), () => this.after(Math.max(0, Math.min(left, 300) - early()), () => this.#onEnd(layer)));
  }

  #byFrames(layer) {
    const { video } = layer;
    if (this.#layer !== layer || layer.removed) {
      return;
    }
    const left = (video.duration - video.currentTime) * 1000;
    if (left > 700) {
      this.after(Math.max(50, left - 600), () => this.#byFrames(layer));
      return;
    }
    let armed = false;
    layer.followFrames((mediaTime) => {
      const remaining = (video.duration - mediaTime) * 1000;
      const follower = this.#follower();
      const lead = follower?.isVideo ? this.#leadMs : 200;
      if (this.#layer === layer && !armed && remaining <= lead + 60) {
        armed = true;
        this.after(Math.max(0, remaining - lead), () => this.#onEnd(layer));
      }
    });
  }

  #watch(onStall) {
    const layer = this.#layer;
    if (!layer?.isVideo || layer.ended) {
      return;
    }
    const at = layer.video.currentTime;
    if (at !== layer.lastTime) {
      layer.lastTime = at;
      layer.movedAt = performance.now();
    } else if (performance.now() - layer.movedAt > stallMs) {
      onStall(layer, at);
    }
  }
}
