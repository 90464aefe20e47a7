import { MediaProblem, once } from './layer.js';
import { liveLeadMs, VideoLayer } from './layer-video.js';

/** Seconds behind the newest picture before it jumps on, and how much of what has been is kept. */
const behindLimit = 4;
const keep = 10;
const headLimit = 64 * 1024;

const find = (bytes, name) => {
  const codes = [...name].map((letter) => letter.charCodeAt(0));
  return bytes.findIndex((_, at) => codes.every((code, i) => bytes[at + i] === code));
};

/** What is in the stream, as a media source wants it said; null while its description is not all there. */
export function typeOf(head) {
  const moov = find(head, 'moov') - 4;
  if (moov < 0 || head.length < moov + new DataView(head.buffer, head.byteOffset).getUint32(moov)) {
    return null;
  }
  const avc = find(head, 'avcC');
  const profile = avc < 0 ? '' : [...head.subarray(avc + 5, avc + 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const codecs = [avc >= 0 ? `avc1.${profile}` : 'hev1.1.6.L120.B0', ...(find(head, 'mp4a') >= 0 ? ['mp4a.40.2'] : [])];
  return `video/mp4; codecs="${codecs.join(',')}"`;
}

/** A stream no browser opens: the player hands it on for as long as this reads it. */
export class RelayLayer extends VideoLayer {
  get endless() {
    return !this.item.durationMs;
  }

  begin() {
    return super.begin(liveLeadMs);
  }

  async load(video) {
    const lost = new Promise((_, reject) => {
      this.lose = reject;
    });
    this.failed = Promise.race([lost, this.failed]);
    this.failed.catch(() => {});
    this.left = this.failed;
    this.ending = new AbortController();
    const answer = await fetch(`/relay/${this.item.playId}?form=mp4`, { signal: this.ending.signal });
    if (!answer.ok) {
      const { code, detail } = answer.status === 502 ? await answer.json() : { code: 'stream_lost', detail: String(answer.status) };
      throw new MediaProblem(code, detail);
    }
    const source = new MediaSource();
    this.source = URL.createObjectURL(source);
    const open = once(source, 'sourceopen');
    video.src = this.source;
    await open;
    source.duration = Infinity;
    this.read(answer.body.getReader(), source).catch((problem) => this.lose(problem instanceof MediaProblem ? problem : new MediaProblem('stream_lost', problem.name)));
  }

  async read(reader, source) {
    let head = new Uint8Array();
    let buffer = null;
    while (!this.removed) {
      const { done, value } = await reader.read();
      if (done) {
        throw new MediaProblem('stream_lost');
      }
      let bytes = value;
      if (!buffer) {
        bytes = new Uint8Array([...head, ...value]);
        head = bytes;
        const type = typeOf(head);
        if (type === null && head.length < headLimit) {
          continue;
        }
        if (type === null || !MediaSource.isTypeSupported(type)) {
          throw new MediaProblem('unsupported', type);
        }
        buffer = source.addSourceBuffer(type);
      }
      await this.change(buffer, () => buffer.appendBuffer(bytes));
      await this.follow(buffer);
    }
  }

  async change(buffer, act) {
    const over = once(buffer, 'updateend');
    act();
    await over;
  }

  /** At the newest picture, also while it waits for its turn; what is long over is let go. */
  async follow(buffer) {
    const { buffered } = buffer;
    if (buffered.length === 0) {
      return;
    }
    const [start, end] = [buffered.start(0), buffered.end(buffered.length - 1)];
    if (this.video.currentTime < start || end - this.video.currentTime > behindLimit) {
      this.video.currentTime = Math.max(start, end - 1);
    }
    if (this.video.currentTime - start > 2 * keep) {
      await this.change(buffer, () => buffer.remove(start, this.video.currentTime - keep));
    }
  }

  remove() {
    this.ending?.abort();
    super.remove();
    if (this.source) {
      URL.revokeObjectURL(this.source);
    }
  }
}
