import { makeLayer } from './layers.js';
import { PlaybackEnd } from './playback-end.js';

const fadeMs = 400;
/** A little longer than the player waits for a file before it names something surer. */
const holdLastMs = 9000;
/** A clip that has just begun fills its memory with pictures; what follows is prepared after that, not beside it. */
const settlesInMs = 1500;
/** What has gone is out of sight at once; what it leaves behind is cleared up when its follower has settled. */
const leavesInMs = 1000;
/** From asking for a clip to be uncovered until it is seen. */
const uncoverMs = 20;
const reduced = matchMedia('(prefers-reduced-motion: reduce)');

/**
 * What is shown, and what comes next, prepared behind it. Goes on by itself when the shown one ends, so that no round trip
 * stands between two items. What the view says is coming (another event, the end of a meeting) is prepared as well, out of
 * sight; a play named by the view that is nowhere prepared is prepared and cut to.
 */
export class Playback {
  #host = document.getElementById('playback');
  #report;
  #shown = null;
  #prepared = null;
  #incoming = null;
  #coming = null;
  #handingOver = false;
  #begun = false;
  #wanted = { current: null, next: null, coming: null };
  #over = new Set();
  #volume = 0;
  #end = new PlaybackEnd(
    () => this.#prepared,
    (layer) => this.#reach(layer),
    (layer, at) => this.#fail(layer, { code: 'stalled', detail: `at ${at.toFixed(1)} s` }));

  constructor(report) {
    this.#report = report;
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
  show({ current = null, next = null, coming = null }) {
    this.#wanted = { current, next, coming };
    this.#settle();
  }

  #settle() {
    if (this.#handingOver) {
      return;
    }
    const { current, next, coming } = this.#wanted;
    if (current === null) {
      this.#drop(this.#incoming);
      this.#drop(this.#prepared);
      this.#clear();
      this.#prepareComing(coming);
      return;
    }
    if (current.playId !== this.#shown?.item.playId && !this.#over.has(current.playId)) {
      if (current.playId !== this.#incoming?.item.playId) {
        const waiting = [this.#prepared, this.#coming].find((layer) => layer?.item.playId === current.playId) ?? this.#make(current);
        this.#drop(this.#incoming);
        this.#release(waiting);
        this.#incoming = waiting;
      }
      if (this.#incoming.ready) {
        this.#goTo(this.#incoming);
        return;
      }
    } else {
      this.#drop(this.#incoming);
    }
    const settling = this.#settling();
    if (settling > 0) {
      this.#end.after(settling, () => this.#settle());
      return;
    }
    this.#prepareNext(next);
    this.#prepareComing(coming);
  }

  /** For how long the shown clip is still to have the machine for itself; a short one has no time to give. */
  #settling() {
    if (!this.#shown?.isVideo || this.#shown.ended) {
      return 0;
    }
    const { video, item, startedAt } = this.#shown;
    const lasts = item.durationMs || video.duration * 1000;
    return lasts > 3 * settlesInMs ? settlesInMs - (performance.now() - startedAt) : 0;
  }

  #prepareNext(next) {
    // A view that still names as next what is already shown is one step behind; what is prepared stays.
    if (next?.playId === this.#prepared?.item.playId || (next !== null && this.#isKnown(next))) {
      return;
    }
    this.#drop(this.#prepared);
    this.#prepared = next && this.#make(next);
  }

  #prepareComing(coming) {
    if (coming?.playId === this.#coming?.item.playId) {
      return;
    }
    this.#drop(this.#coming);
    if (coming !== null && !this.#isKnown(coming) && coming.playId !== this.#prepared?.item.playId) {
      this.#coming = this.#make(coming);
      this.#coming.atOnce = true;
      this.#coming.element.classList.add('unseen');
    }
  }

  #isKnown({ playId }) {
    return playId === this.#shown?.item.playId || playId === this.#incoming?.item.playId || this.#over.has(playId);
  }

  #make(item) {
    const layer = makeLayer(item, this.#host);
    if (this.#shown === null) {
      // Nothing may lie over it yet: it is drawn, so that it is decoded, but not seen.
      layer.element.classList.add('unseen');
    }
    layer.prepared.then(
      () => {
        // A page that leaves or a stream that breaks tells so itself, also long after it was ready.
        layer.left?.catch((problem) => {
          if (!layer.removed && !layer.ended) {
            this.#fail(layer, problem);
          }
        });
        if (!layer.removed && this.#isDue(layer)) {
          this.#goTo(layer);
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

  /** Whether a play that has just become ready is to be shown at once. */
  #isDue(layer) {
    return layer === this.#incoming || (layer === this.#prepared && this.#incoming === null && (this.#shown === null || this.#shown.ended));
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
    } else {
      this.#release(layer);
    }
  }

  /** The shown play is over: hand over to the prepared one, now or as soon as it is ready. */
  #next() {
    const ready = [this.#incoming, this.#prepared].find((layer) => layer?.ready);
    if (ready) {
      this.#goTo(ready);
    } else if (this.#shown) {
      const left = this.#shown;
      this.#end.after(holdLastMs, () => {
        // Nothing has come: rather the calm splash than a picture that stands for ever.
        if (this.#shown === left && left.ended && !this.#handingOver) {
          this.#clear();
        }
      });
    }
  }

  async #goTo(layer) {
    if (this.#handingOver || !layer.ready) {
      return;
    }
    this.#handingOver = true;
    this.#end.cancel();
    const old = this.#shown;
    old?.followFrames();
    // What was prepared under a meeting stands there with its first picture the moment the meeting goes.
    const uncovered = old === null && layer.atOnce;
    if (uncovered) {
      layer.element.classList.remove('unseen');
    }
    // The first content after a start is not kept waiting by a fade.
    const cut = uncovered || !this.#begun || (old !== null && ((old.isVideo && layer.isVideo) || reduced.matches));
    // What fades in does so with its first picture and moves when it is whole: two moving pictures mixed cost half their frames.
    const still = !cut && layer.isVideo;
    try {
      if (!still) {
        layer.element.classList.toggle('peeping', layer.isVideo && old !== null);
        await this.#begin(layer);
      }
    } catch (problem) {
      this.#handingOver = false;
      this.#fail(layer, problem);
      if (old?.ended) {
        this.#next();
      } else if (old) {
        this.#end.watch(old);
      }
      this.#settle();
      return;
    }

    this.#begun = true;
    layer.element.style.zIndex = '2';
    layer.element.classList.remove('unseen', 'peeping');
    const onScreen = performance.now();
    this.#release(layer);
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
      layer.element.style.zIndex = '1';
      if (old) {
        old.ended = true;
        old.element.style.visibility = 'hidden';
        setTimeout(() => old.remove(), leavesInMs);
      }
    };
    if (cut) {
      // One frame with both in the layout, the new one on top.
      requestAnimationFrame(() => requestAnimationFrame(retire));
    } else {
      layer.element.animate([{ opacity: 0 }, { opacity: 1 }], { duration: reduced.matches ? 1 : fadeMs, easing: 'ease-out' }).finished.then(retire, retire);
    }
    if (still) {
      setTimeout(() => {
        if (this.#shown === layer) {
          this.#begin(layer).catch((problem) => layer.removed || this.#fail(layer, problem));
        }
      }, fadeMs - this.#end.lead);
    }
    this.#tell('started', layer.item, null, held === null ? null : `held_ms=${held.toFixed(0)}`);
    this.#end.watch(layer);
    this.#trim();
    this.#handingOver = false;
    this.#settle();
  }

  /** Uncovered once it moves: seen from its first picture, which must not stand for longer than the others. */
  #begin(layer) {
    return layer.begin(this.#end.lead - uncoverMs, (lead) => this.#end.learn(lead));
  }

  #reach(layer) {
    if (this.#shown !== layer || layer.ended) {
      return;
    }
    // Without a prepared next the clip plays to its very end; 'ended' comes here again.
    if (layer.isVideo && !layer.item.durationMs && !layer.endless && !layer.video.ended && !this.#prepared?.ready && !this.#incoming?.ready) {
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

  #clear() {
    const layer = this.#shown;
    if (layer === null) {
      return;
    }
    this.#end.cancel();
    this.#shown = null;
    this.#hideWaiting();
    this.#over.add(layer.item.playId);
    if (!layer.broken) {
      this.#tell('ended', layer.item, 'cut');
    }
    layer.setVolume(0);
    layer.element.animate([{ opacity: 1 }, { opacity: 0 }], { duration: reduced.matches ? 1 : fadeMs }).finished.then(() => layer.remove(), () => layer.remove());
  }

  /** With nothing over them they would cover the splash before they are ready. */
  #hideWaiting() {
    for (const layer of [this.#incoming, this.#prepared, this.#coming]) {
      layer?.element.classList.add('unseen');
    }
  }

  #drop(layer) {
    layer?.remove();
    this.#release(layer);
  }

  /** Takes a play out of its waiting place. */
  #release(layer) {
    this.#incoming = this.#incoming === layer ? null : this.#incoming;
    this.#prepared = this.#prepared === layer ? null : this.#prepared;
    this.#coming = this.#coming === layer ? null : this.#coming;
  }

  #tell(kind, item, code = null, detail = null) {
    this.#report({ kind, id: item.playId, code, detail });
  }

  #trim() {
    while (this.#over.size > 200) {
      this.#over.delete(this.#over.values().next().value);
    }
  }
}
