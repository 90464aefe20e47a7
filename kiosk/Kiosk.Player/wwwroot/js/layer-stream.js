import { MediaProblem } from './layer.js';
import { liveLeadMs, VideoLayer } from './layer-video.js';

const retries = { maxNumRetry: 3, retryDelayMs: 500, maxRetryDelayMs: 2000 };
const policy = (timeoutMs) => ({ default: { maxTimeToFirstByteMs: timeoutMs, maxLoadTimeMs: 2 * timeoutMs, timeoutRetry: retries, errorRetry: retries } });

/** Everything goes through the player: a stream's server seldom allows this page to read it. Addresses stay the stream's own. */
function throughPlayer(Loader) {
  return class extends Loader {
    load(context, config, callbacks) {
      const address = context.url;
      const onSuccess = (response, stats, of, details) => {
        context.url = address;
        response.url = details?.getResponseHeader?.('X-Address') || address;
        callbacks.onSuccess(response, stats, of, details);
      };
      context.url = `/live?address=${encodeURIComponent(address)}`;
      super.load(context, config, { ...callbacks, onSuccess });
    }
  };
}

/** A live stream by HLS. What breaks for a moment is fetched again; what stays broken or stands still has failed. */
export class StreamLayer extends VideoLayer {
  get endless() {
    return !this.item.durationMs && !Number.isFinite(this.video?.duration);
  }

  async load(video) {
    const { default: Hls } = await import('/lib/hls/hls.mjs');
    if (this.removed) {
      return;
    }
    this.hls = new Hls({
      loader: throughPlayer(Hls.DefaultConfig.loader), enableWorker: false, liveDurationInfinity: true, liveSyncDurationCount: 3, maxBufferLength: 20, backBufferLength: 10,
      manifestLoadPolicy: policy(6000), playlistLoadPolicy: policy(6000), fragLoadPolicy: policy(10000),
    });
    let recovered = false;
    this.hls.on(Hls.Events.ERROR, (_, { fatal, type, details }) => {
      if (!fatal || this.removed) {
        return;
      }
      if (type === Hls.ErrorTypes.MEDIA_ERROR && !recovered) {
        recovered = true;
        this.hls.recoverMediaError();
        return;
      }
      const problem = new MediaProblem(type === Hls.ErrorTypes.MEDIA_ERROR ? 'decode_error' : 'stream_lost', details);
      this.lose(problem);
    });
    const lost = new Promise((_, reject) => {
      this.lose = reject;
    });
    const elementFailed = this.failed;
    this.failed = Promise.race([lost, elementFailed]);
    this.failed.catch(() => {});
    this.left = this.failed;
    this.hls.loadSource(this.item.address);
    this.hls.attachMedia(video);
  }

  /** It has waited on a picture that is old by now: on to the live edge. */
  async begin() {
    const live = this.hls.liveSyncPosition;
    if (live && live - this.video.currentTime > 4) {
      this.video.currentTime = live;
    }
    await super.begin(liveLeadMs);
  }

  remove() {
    this.hls?.destroy();
    super.remove();
  }
}
