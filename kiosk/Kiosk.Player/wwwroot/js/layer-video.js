import { fillBehind } from './backdrop.js';
import { blame, Layer, MediaProblem, once } from './layer.js';

/** The first picture of a stream is as old as the wait for its turn: it is uncovered when it moves, or after this long. */
export const liveLeadMs = 1000;

export class VideoLayer extends Layer {
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
        const detail = video.error?.message?.slice(0, 200);
        reject(this.url ? await blame(this.url, code, detail) : new MediaProblem(code, detail));
      });
    });
    this.failed.catch(() => {});
    const playable = once(video, 'canplay');
    // The first frame is really decoded and handed to the compositor, not merely announced.
    const painted = new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    this.element.append(video);
    await this.load(video);
    await Promise.race([playable, this.failed]);
    if (!(video.duration > 0.04) || video.videoWidth === 0) {
      throw new MediaProblem('empty_media', `duration ${video.duration}`);
    }
    await Promise.race([painted, this.failed, new Promise((resolve) => setTimeout(resolve, 1500))]);
    fillBehind(this, video);
    // A clip shorter than its time on screen starts over.
    video.loop = (this.item.durationMs ?? 0) > video.duration * 1000 + 100;
  }

  load(video) {
    video.src = this.url;
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

  /**
   * Until its first picture, which stands already, is due to be seen.
   * @param leadMs  How long that takes after play(), as lately seen.
   * @param onLead  Takes what it really took, once the second picture has come.
   */
  async begin(leadMs, onLead = () => {}) {
    const asked = performance.now();
    const from = this.video.currentTime;
    const moving = new Promise((resolve) => {
      this.video.requestVideoFrameCallback((_, { mediaTime, expectedDisplayTime }) => {
        onLead(expectedDisplayTime - (mediaTime - from) * 1000 - asked);
        resolve();
      });
    });
    await Promise.race([this.video.play(), this.failed]);
    const due = new Promise((resolve) => setTimeout(resolve, leadMs - (performance.now() - asked)));
    await Promise.race([due, moving, this.failed]);
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
