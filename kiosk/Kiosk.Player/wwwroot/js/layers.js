import { fillArticle } from './article.js';
import { fillBehind } from './backdrop.js';
import { blame, Layer, MediaProblem } from './layer.js';
import { PageLayer } from './layer-page.js';
import { RelayLayer } from './layer-relay.js';
import { StreamLayer } from './layer-stream.js';
import { VideoLayer } from './layer-video.js';

class ImageLayer extends Layer {
  async prepare() {
    const image = new Image();
    image.className = 'picture';
    image.alt = '';
    image.src = this.url;
    this.element.append(image);
    try {
      await image.decode();
      fillBehind(this, image);
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

/** HLS is the one kind of stream that this page opens by itself. */
const isRelayed = ({ kind, address }) => kind === 'stream' && !/^https?:/i.test(address);

const kinds = { video: VideoLayer, image: ImageLayer, article: ArticleLayer, web_page: PageLayer, stream: StreamLayer };

/** Of a kind this page does not know, nothing is to be shown. */
class UnknownLayer extends Layer {
  async prepare() {
    throw new MediaProblem('unsupported', this.item.kind);
  }
}

export function makeLayer(item, host) {
  return new (isRelayed(item) ? RelayLayer : (kinds[item.kind] ?? UnknownLayer))(item, host);
}
