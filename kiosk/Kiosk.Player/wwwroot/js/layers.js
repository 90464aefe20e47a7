import { fillArticle } from './article.js';

export class MediaProblem extends Error {
  constructor(code, detail) {
    super(detail ?? code);
    this.code = code;
    this.detail = detail ?? null;
  }
}

const prepareLimit = 15000;

function within(promise, milliseconds, code) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new MediaProblem(code)), milliseconds);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

const once = (target, name) => new Promise((resolve) => target.addEventListener(name, resolve, { once: true }));

/** An element does not say why it failed; the server does. */
async function blame(url, code, detail) {
  try {
    const { ok, status } = await fetch(url, { headers: { Range: 'bytes=0-0' } });
    return ok ? new MediaProblem(code, detail) : new MediaProblem('media_unavailable', String(status));
  } catch {
    return new MediaProblem('media_unavailable', detail);
  }
}

/** One play in the layout: made behind what is shown, shown, then removed. */
class Layer {
  ready = false;
  removed = false;

  constructor(item, host) {
    this.item = item;
    this.element = document.createElement('div');
    this.element.className = `layer ${item.kind} ${item.fit}`;
    this.element.style.zIndex = '0';
    this.url = `/media/${item.mediaSha256}`;
    host.append(this.element);
    this.prepared = within(this.prepare(), prepareLimit, 'stalled').then(() => {
      this.ready = true;
    });
    this.prepared.catch(() => {});
  }

  get isVideo() {
    return false;
  }

  setVolume() {}

  /** From now on knows when its latest picture was on screen; tells each one's place in the clip. */
  followFrames() {}

  /** Lets the play begin behind the current one; resolves with its first moving frame. */
  async begin() {}

  remove() {
    this.removed = true;
    this.element.remove();
  }
}

class ImageLayer extends Layer {
  async prepare() {
    const image = new Image();
    image.className = 'picture';
    image.alt = '';
    image.src = this.url;
    this.element.append(image);
    try {
      await image.decode();
    } catch {
      throw await blame(this.url, 'decode_error');
    }
  }
}

class ArticleLayer extends Layer {
  async prepare() {
    const response = await fetch(this.url);
    if (!response.ok) {
      throw new MediaProblem('media_unavailable', String(response.status));
    }
    this.article = await fillArticle(this.element, await response.text());
  }

  async begin() {
    this.article.scroll(this.item.durationMs ?? 20000);
  }
}

class VideoLayer extends Layer {
  get isVideo() {
    return true;
  }

  async prepare() {
    const video = document.createElement('video');
    this.video = video;
    video.muted = true;
    video.playsInline = true;
    video.disablePictureInPicture = true;
    video.disableRemotePlayback = true;
    video.preload = 'auto';
    this.failed = new Promise((_, reject) => {
      video.addEventListener('error', async () => {
        const code = video.error?.code === MediaError.MEDIA_ERR_SRC_NOT_SUPPORTED ? 'unsupported' : 'decode_error';
        reject(await blame(this.url, code, video.error?.message?.slice(0, 200)));
      });
    });
    this.failed.catch(() => {});
    const playable = once(video, 'canplay');
    // The first frame is really decoded and handed to the compositor, not merely announced.
    const painted = new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    video.src = this.url;
    this.element.append(video);
    await Promise.race([playable, this.failed]);
    if (!(video.duration > 0.04) || video.videoWidth === 0) {
      throw new MediaProblem('empty_media', `duration ${video.duration}`);
    }
    await Promise.race([painted, this.failed, new Promise((resolve) => setTimeout(resolve, 1500))]);
    // A clip shorter than its time on screen starts over.
    video.loop = (this.item.durationMs ?? 0) > video.duration * 1000 + 100;
  }

  setVolume(percent) {
    if (this.video) {
      this.video.volume = Math.min(1, Math.max(0, percent / 100));
      this.video.muted = percent <= 0;
    }
  }

  followFrames(onFrame = null) {
    const frame = (_, { mediaTime, expectedDisplayTime }) => {
      this.lastFrameAt = expectedDisplayTime;
      onFrame?.(mediaTime);
      if (!this.removed) {
        this.video.requestVideoFrameCallback(frame);
      }
    };
    this.video.requestVideoFrameCallback(frame);
  }

  async begin() {
    const moving = new Promise((resolve) => this.video.requestVideoFrameCallback(resolve));
    await Promise.race([this.video.play(), this.failed]);
    await Promise.race([moving, this.failed, new Promise((resolve) => setTimeout(resolve, 1000))]);
  }

  remove() {
    super.remove();
    if (this.video) {
      // Frees the decoder at once; waiting for the garbage collector fills the memory of a small machine.
      this.video.pause();
      this.video.removeAttribute('src');
      this.video.load();
    }
  }
}

const kinds = { video: VideoLayer, image: ImageLayer, article: ArticleLayer };

export function makeLayer(item, host) {
  return new (kinds[item.kind] ?? ImageLayer)(item, host);
}
