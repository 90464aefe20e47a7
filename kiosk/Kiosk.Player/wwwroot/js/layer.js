export class MediaProblem extends Error {
  constructor(code, detail) {
    super(detail ?? code);
    this.code = code;
    this.detail = detail ?? null;
  }
}

export const prepareLimit = 15000;

function within(promise, milliseconds, code) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new MediaProblem(code)), milliseconds);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

export const once = (target, name) => new Promise((resolve) => target.addEventListener(name, resolve, { once: true }));

/** An element does not say why it failed; the server does. */
export async function blame(url, code, detail) {
  try {
    const { ok, status } = await fetch(url, { headers: { Range: 'bytes=0-0' } });
    return ok ? new MediaProblem(code, detail) : new MediaProblem('media_unavailable', String(status));
  } catch {
    return new MediaProblem('media_unavailable', detail);
  }
}

/** One play in the layout: made behind what is shown, shown, then removed. */
export class Layer {
  ready = false;
  removed = false;
  /** Uncovered without a fade when what lay over it goes. */
  atOnce = false;

  constructor(item, host) {
    this.item = item;
    this.element = document.createElement('div');
    this.element.className = `layer ${item.kind} ${item.fit}`;
    this.element.style.zIndex = '0';
    this.url = item.mediaSha256 ? `/media/${item.mediaSha256}` : null;
    host.append(this.element);
    this.prepared = within(this.prepare(), prepareLimit, 'stalled').then(() => {
      this.ready = true;
    });
    this.prepared.catch(() => {});
  }

  get isVideo() {
    return false;
  }

  /** A live stream: it is over by its time, if by anything. */
  get endless() {
    return false;
  }

  setVolume() {}

  /** From now on knows when its latest picture was on screen; tells each one's place in the clip. */
  followFrames() {}

  /** Lets the play begin behind the current one; resolves when it is to be uncovered. */
  async begin() {}

  remove() {
    this.removed = true;
    this.element.remove();
  }
}
