import { Layer, MediaProblem } from './layer.js';

/** A page that loads itself anew is left to be seen while it is asked for once more, but no longer than this. */
const uncoveredMs = 300;
/** A page whose process dies says nothing; the browser is asked. */
const lookEveryMs = 3000;

/** @returns Where the wrapper of the page is, or the code of why it cannot be shown; neither for a page that nobody wants any more. */
async function ask({ address }) {
  const answer = await fetch(`/page?address=${encodeURIComponent(address)}`);
  return answer.ok ? answer.json() : {};
}

/** The browser's own page about what it could not load, and an empty one, load like any other: the player asks the browser. */
async function look(frame) {
  const answer = await fetch(`/framed?frame=${encodeURIComponent(frame)}`);
  return answer.ok ? answer.json() : {};
}

/**
 * A page of the web, behind a wrapper that lets it go nowhere but to its own origins, open no window and no dialog. The player has asked for
 * it before: what refuses to be framed, is no page or answers with an error is told apart there. It is painted before it is shown.
 */
export class PageLayer extends Layer {
  async prepare() {
    const { frame, code, detail } = await ask(this.item);
    if (this.removed) {
      return;
    }
    if (!frame) {
      throw new MediaProblem(code ?? 'page_unreachable', detail);
    }
    const wrapper = document.createElement('iframe');
    wrapper.className = 'page';
    wrapper.tabIndex = -1;
    // Looked at, never used: no touch, no key and no focus goes into it, whatever its scripts ask for.
    wrapper.inert = true;
    const left = new Promise((_, reject) => {
      this.leave = reject;
    });
    this.left = left;
    left.catch(() => {});
    const loaded = new Promise((resolve) => {
      this.listen = ({ source, origin, data }) => {
        if (source !== wrapper.contentWindow || origin !== location.origin) {
          return;
        }
        if (data === 'loaded' && wrapper.dataset.loaded) {
          this.askAgain();
        } else if (data === 'loaded') {
          wrapper.dataset.loaded = 'yes';
          resolve();
        } else if (data === 'left') {
          this.element.classList.add('gone');
          this.leave(new MediaProblem('page_left', null));
        }
      };
      addEventListener('message', this.listen);
    });
    this.frame = frame;
    wrapper.src = frame;
    this.element.append(wrapper);
    await Promise.race([loaded, left]);
    const seen = await look(frame);
    if (seen.code) {
      throw new MediaProblem(seen.code, seen.detail);
    }
    // Loaded is not painted: two frames, and a moment for what scripts draw last.
    await new Promise((resolve) => setTimeout(resolve, 400));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    this.keepLooking();
  }

  async keepLooking() {
    while (!this.removed) {
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
      this.judge(this.removed ? {} : await look(this.frame).catch(() => ({})));
    }
  }

  judge({ code, detail }) {
    if (code) {
      this.element.classList.add('gone');
      this.leave(new MediaProblem(code, detail));
    }
  }

  /** It loaded itself anew, or something else: whether that is a page still, and whether its server is there still, the player finds out. */
  async askAgain() {
    const covering = setTimeout(() => this.element.classList.add('gone'), uncoveredMs);
    const [asked, seen] = await Promise.all([ask(this.item).catch(() => ({})), look(this.frame).catch(() => ({}))]);
    clearTimeout(covering);
    this.element.classList.remove('gone');
    this.judge(asked.code ? asked : seen);
  }

  remove() {
    super.remove();
    removeEventListener('message', this.listen);
  }
}
