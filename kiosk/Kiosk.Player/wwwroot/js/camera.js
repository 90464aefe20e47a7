const card = /^(?:[A-Z2-7]{151}|KIOSKPRACTICECARD[A-F])$/;
const again = 3000;
const pauseMs = 70;

/** A camera may be busy for a moment, e.g. held by the page before this one. */
const againMs = 10_000;

/**
 * Looks for check-in cards while a check-in is open. Frames go to a worker of this page and nowhere else; what leaves the page
 * is the text of a card.
 */
export class Camera {
  #stream = null;
  #starting = null;
  #wanted = false;
  #again = 0;
  #worker = null;
  #busy = false;
  #seen = new Map();
  #onCard;
  #onChange;

  constructor(onCard, onChange) {
    this.#onCard = onCard;
    this.#onChange = onChange;
    this.video = document.createElement('video');
    this.video.muted = true;
    this.video.playsInline = true;
    navigator.mediaDevices?.addEventListener('devicechange', () => this.#start());
  }

  /** The preview while there is a picture, else null. */
  get preview() {
    return this.#stream ? this.video : null;
  }

  want(wanted) {
    if (wanted === this.#wanted) {
      return;
    }
    this.#wanted = wanted;
    if (wanted) {
      this.#start();
    } else {
      this.#stop();
    }
  }

  /** One at a time; what is wanted after it is looked at then. */
  #start() {
    this.#starting ??= this.#open().then((wait) => {
      this.#starting = null;
      if (this.#wanted && !this.#stream && wait !== null) {
        clearTimeout(this.#again);
        this.#again = setTimeout(() => this.#start(), wait);
      }
    });
  }

  /** After how many milliseconds to try again if there is no picture; null: when a camera is plugged in. */
  async #open() {
    if (!this.#wanted || this.#stream || !navigator.mediaDevices) {
      return null;
    }
    try {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: false, video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
      });
      if (!this.#wanted) {
        stream.getTracks().forEach((track) => track.stop());
        return 0;
      }
      this.#stream = stream;
      stream.getVideoTracks()[0].addEventListener('ended', () => this.#stop());
      this.video.srcObject = stream;
      await this.video.play();
      if (this.#stream !== stream) {
        return 0;
      }
      this.#worker ??= this.#makeWorker();
      this.#onChange();
      this.#look();
      return 0;
    } catch (error) {
      // No camera, or none to be had now: cards still go by scanner.
      this.#stop();
      return error.name === 'NotFoundError' ? null : againMs;
    }
  }

  #stop() {
    const had = this.#stream !== null;
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#stream = null;
    this.video.srcObject = null;
    this.#worker?.terminate();
    this.#worker = null;
    this.#busy = false;
    if (had) {
      this.#onChange();
    }
  }

  #makeWorker() {
    const worker = new Worker('/js/camera-worker.js', { type: 'module' });
    worker.onmessage = ({ data }) => {
      this.#busy = false;
      data.texts.forEach((text) => this.#found(text));
      setTimeout(() => this.#look(), pauseMs);
    };
    return worker;
  }

  async #look() {
    if (!this.#stream || this.#busy) {
      return;
    }
    if (this.video.readyState < 2 || this.video.videoWidth === 0) {
      setTimeout(() => this.#look(), 200);
      return;
    }
    this.#busy = true;
    try {
      const frame = await createImageBitmap(this.video);
      if (this.#worker) {
        this.#worker.postMessage({ frame }, [frame]);
      } else {
        frame.close();
      }
    } catch {
      this.#busy = false;
      setTimeout(() => this.#look(), 200);
    }
  }

  /** A card held in view is one card until it has been away for three seconds. */
  #found(text) {
    if (!card.test(text)) {
      return;
    }
    const now = performance.now();
    const before = this.#seen.get(text) ?? -Infinity;
    this.#seen.forEach((at, other) => {
      if (now - at > again) {
        this.#seen.delete(other);
      }
    });
    this.#seen.set(text, now);
    if (now - before > again) {
      this.#onCard(text);
    }
  }
}
