import { makeLayer } from './layers.js';

const fadeMs = 400;
const stallMs = 6000;
const holdLastMs = 5000;
const reduced = matchMedia('(prefers-reduced-motion: reduce)');

/**
 * Two layers: what is shown, and what comes next, prepared behind it. Goes on by itself when the shown one ends, so that no
 * round trip stands between two items; a play named by the view that is neither shown nor prepared is prepared and cut to.
 */
export class Playback {
  #host = document.getElementById('playback');
  #report;
  #shown = null;
  #prepared = null;
  #incoming = null;
  #handingOver = false;
  #wanted = { current: null, next: null };
  #over = new Set();
  #timers = new Set();
  #volume = 0;
  /** How long play() takes to the first moving frame here; the next clip is started that much early. */
  #leadMs = 80;

  constructor(report) {
    this.#report = report;
    setInterval(() => this.#watch(), 1000);
  }

  get showing() {
    return this.#shown !== null;
  }

  setVolume(percent) {
    if (percent !== this.#volume) {
      this.#volume = percent;
      this.#shown?.setVolume(percent);
    }
  }

  /** Takes the newest wish. */
  show({ current = null, next = null }) {
    this.#wanted = { current, next };
    this.#settle();
  }

  #settle() {
    if (this.#handingOver) {
      return;
    }
    const { current, next } = this.#wanted;
    const isOver = current !== null && this.#over.has(current.playId);
    if (current === null) {
      this.#dropIncoming();
      this.#dropPrepared();
      this.#clear();
      return;
    }
    if (current.playId !== this.#shown?.item.playId && !isOver) {
      if (current.playId === this.#prepared?.item.playId) {
        this.#goTo('#prepared');
        return;
      }
      if (current.playId !== this.#incoming?.item.playId) {
        this.#dropIncoming();
        this.#incoming = this.#make(current, () => this.#goTo('#incoming'));
      }
    } else {
      this.#dropIncoming();
    }
    this.#prepareNext(next);
  }

  #prepareNext(next) {
    if (next?.playId === this.#prepared?.item.playId) {
      return;
    }
    // A view that still names as next what is already shown is one step behind; what is prepared stays.
    if (next !== null && (next.playId === this.#shown?.item.playId || this.#over.has(next.playId) || next.playId === this.#incoming?.item.playId)) {
      return;
    }
    this.#dropPrepared();
    if (next !== null) {
      this.#prepared = this.#make(next, () => {
        if (this.#shown?.ended || (this.#shown === null && this.#incoming === null)) {
          this.#goTo('#prepared');
        }
      });
    }
  }

  #make(item, whenReady) {
    const layer = makeLayer(item, this.#host);
    layer.prepared.then(
      () => {
        if (!layer.removed) {
          whenReady();
        }
      },
      (problem) => {
        if (!layer.removed) {
          this.#fail(layer, problem);
        }
      },
    );
    return layer;
  }

  #fail(layer, problem) {
    this.#over.add(layer.item.playId);
    this.#tell('failed', layer.item, problem.code ?? 'decode_error', problem.detail ?? null);
    if (layer === this.#shown) {
      layer.ended = true;
      layer.broken = true;
      this.#next();
      return;
    }
    layer.remove();
    if (layer === this.#incoming) {
      this.#incoming = null;
      if (this.#shown) {
        // It was to be replaced anyway: whatever is ready first takes its place.
        this.#shown.ended = true;
      }
      this.#next();
    } else if (layer === this.#prepared) {
      this.#prepared = null;
    }
  }

  /** The shown play is over: hand over to the prepared one, now or as soon as it is ready. */
  #next() {
    if (this.#incoming?.ready) {
      this.#goTo('#incoming');
    } else if (this.#prepared?.ready) {
      this.#goTo('#prepared');
    } else if (this.#shown) {
      const left = this.#shown;
      this.#after(holdLastMs, () => {
        // Nothing has come: rather the calm splash than a picture that stands for ever.
        if (this.#shown === left && left.ended && !this.#handingOver) {
          this.#clear();
        }
      });
    }
  }

  async #goTo(which) {
    const layer = which === '#incoming' ? this.#incoming : this.#prepared;
    if (this.#handingOver || layer === null || !layer.ready) {
      return;
    }
    this.#handingOver = true;
    this.#clearTimers();
    const old = this.#shown;
    try {
      const asked = performance.now();
      await layer.begin();
      if (layer.isVideo) {
        this.#leadMs = Math.min(250, Math.max(20, this.#leadMs * 0.6 + (performance.now() - asked) * 0.4));
      }
    } catch (problem) {
      this.#handingOver = false;
      this.#fail(layer, problem);
      if (old?.ended) {
        this.#next();
      } else if (old) {
        this.#armEnd(old);
      }
      this.#settle();
      return;
    }

    const cut = old === null ? false : (old.isVideo && layer.isVideo) || reduced.matches;
    layer.element.style.zIndex = '2';
    const onScreen = performance.now();
    if (which === '#incoming') {
      this.#incoming = null;
    } else {
      this.#prepared = null;
    }
    this.#shown = layer;
    layer.startedAt = onScreen;
    layer.setVolume(this.#volume);
    let held = null;
    if (old) {
      this.#over.add(old.item.playId);
      old.setVolume(0);
      held = old.lastFrameAt ? Math.max(0, onScreen - old.lastFrameAt) : null;
      if (!old.broken) {
        this.#tell('ended', old.item, old.reached ? null : 'cut');
      }
    }
    const retire = () => {
      old?.remove();
      layer.element.style.zIndex = '1';
    };
    if (cut) {
      // One frame with both in the layout, the new one on top.
      requestAnimationFrame(() => requestAnimationFrame(retire));
    } else {
      layer.element.animate([{ opacity: 0 }, { opacity: 1 }], { duration: reduced.matches ? 1 : fadeMs, easing: 'ease-out' }).finished.then(retire, retire);
    }
    this.#tell('started', layer.item, null, held === null ? null : `held_ms=${held.toFixed(0)}`);
    this.#armEnd(layer);
    this.#trim();
    this.#handingOver = false;
    this.#settle();
  }

  #armEnd(layer) {
    const { durationMs } = layer.item;
    if (durationMs || !layer.isVideo) {
      const left = (durationMs || 10000) - (performance.now() - layer.startedAt);
      // Pictures and pages begin to fade a little early, clips are started a little early.
      const early = () => (this.#prepared?.isVideo ? this.#leadMs : 0);
      this.#after(Math.max(0, left - 300), () => this.#after(Math.max(0, Math.min(left, 300) - early()), () => this.#reach(layer)));
      return;
    }
    const { video } = layer;
    video.addEventListener('ended', () => this.#reach(layer), { once: true });
    const close = () => {
      if (this.#shown !== layer || layer.removed) {
        return;
      }
      const left = (video.duration - video.currentTime) * 1000;
      if (left > 700) {
        this.#after(Math.max(50, left - 600), close);
        return;
      }
      let armed = false;
      const frame = (_, { mediaTime, expectedDisplayTime }) => {
        layer.lastFrameAt = expectedDisplayTime;
        const remaining = (video.duration - mediaTime) * 1000;
        const lead = this.#prepared?.isVideo ? this.#leadMs : 200;
        if (!armed && remaining <= lead + 60) {
          armed = true;
          this.#after(Math.max(0, remaining - lead), () => this.#reach(layer));
        }
        if (this.#shown === layer && !layer.removed) {
          video.requestVideoFrameCallback(frame);
        }
      };
      video.requestVideoFrameCallback(frame);
    };
    close();
  }

  #reach(layer) {
    if (this.#shown !== layer || layer.ended) {
      return;
    }
    // Without a prepared next the clip plays to its very end; 'ended' comes here again.
    if (layer.isVideo && !layer.item.durationMs && !layer.video.ended && !this.#prepared?.ready && !this.#incoming?.ready) {
      return;
    }
    layer.ended = true;
    layer.reached = true;
    if (!this.#prepared?.ready && !this.#incoming?.ready) {
      this.#over.add(layer.item.playId);
      this.#tell('ended', layer.item);
      layer.broken = true;
    }
    this.#next();
  }

  /** A clip whose picture stands still although it should move is given up. */
  #watch() {
    const layer = this.#shown;
    if (!layer?.isVideo || layer.ended || this.#handingOver) {
      return;
    }
    const at = layer.video.currentTime;
    if (at !== layer.lastTime) {
      layer.lastTime = at;
      layer.movedAt = performance.now();
    } else if (performance.now() - layer.movedAt > stallMs) {
      this.#fail(layer, { code: 'stalled', detail: `at ${at.toFixed(1)} s` });
    }
  }

  #clear() {
    const layer = this.#shown;
    if (layer === null) {
      return;
    }
    this.#clearTimers();
    this.#shown = null;
    this.#over.add(layer.item.playId);
    if (!layer.broken) {
      this.#tell('ended', layer.item, 'cut');
    }
    layer.setVolume(0);
    layer.element.animate([{ opacity: 1 }, { opacity: 0 }], { duration: reduced.matches ? 1 : fadeMs }).finished.then(() => layer.remove(), () => layer.remove());
  }

  #dropIncoming() {
    this.#incoming?.remove();
    this.#incoming = null;
  }

  #dropPrepared() {
    this.#prepared?.remove();
    this.#prepared = null;
  }

  #tell(kind, item, code = null, detail = null) {
    this.#report({ kind, id: item.playId, code, detail });
  }

  #after(milliseconds, action) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, milliseconds);
    this.#timers.add(timer);
  }

  #clearTimers() {
    this.#timers.forEach(clearTimeout);
    this.#timers.clear();
  }

  #trim() {
    while (this.#over.size > 200) {
      this.#over.delete(this.#over.values().next().value);
    }
  }
}
