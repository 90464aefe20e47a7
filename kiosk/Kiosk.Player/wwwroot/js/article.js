const reduced = matchMedia('(prefers-reduced-motion: reduce)');

// The hub has sanitised the fragment; here it is once more reduced to what an article consists of, and shown in a shadow root
// under a policy that runs no script and no inline style.
const allowed = new Set([
  'ARTICLE', 'SECTION', 'DIV', 'P', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'UL', 'OL', 'LI', 'BLOCKQUOTE', 'PRE', 'CODE', 'EM', 'STRONG', 'B', 'I',
  'U', 'S', 'DEL', 'SUB', 'SUP', 'BR', 'HR', 'TABLE', 'THEAD', 'TBODY', 'TR', 'TH', 'TD', 'CAPTION', 'FIGURE', 'FIGCAPTION', 'IMG', 'SPAN', 'A',
]);
const dropped = new Set(['SCRIPT', 'STYLE', 'IFRAME', 'OBJECT', 'EMBED', 'TEMPLATE', 'NOSCRIPT', 'LINK', 'META', 'BASE', 'FORM', 'SVG', 'MATH', 'TITLE', 'HEAD']);

function copy(node, into) {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) {
      into.append(child.textContent);
    } else if (child.nodeType === Node.ELEMENT_NODE && allowed.has(child.tagName.toUpperCase())) {
      const name = child.tagName === 'A' ? 'span' : child.tagName.toLowerCase();
      const element = document.createElement(name);
      if (name === 'img') {
        const source = child.getAttribute('src') ?? '';
        if (!/^\/media\/[0-9a-f]{64}$/.test(source)) {
          continue;
        }
        element.src = source;
        element.alt = '';
      }
      copy(child, element);
      into.append(element);
    } else if (child.nodeType === Node.ELEMENT_NODE && !dropped.has(child.tagName.toUpperCase())) {
      copy(child, into);
    }
  }
}

/** Fills the host with an article; scroll() moves a long one through within its time. */
export async function fillArticle(host, html) {
  const page = document.createElement('div');
  page.className = 'page';
  copy(new DOMParser().parseFromString(html, 'text/html').body, page);
  const style = document.createElement('link');
  style.rel = 'stylesheet';
  style.href = '/css/article.css';
  const styled = new Promise((resolve) => {
    style.onload = resolve;
    style.onerror = resolve;
  });
  const shadowHost = document.createElement('div');
  shadowHost.className = 'article-host';
  host.append(shadowHost);
  shadowHost.attachShadow({ mode: 'open' }).append(style, page);
  await styled;
  await Promise.allSettled([document.fonts.ready, ...[...page.querySelectorAll('img')].map((image) => image.decode())]);
  return {
    scroll(durationMs) {
      const overflow = page.scrollHeight - host.clientHeight;
      if (overflow <= 0) {
        return;
      }
      const still = Math.min(4000, durationMs * 0.2);
      // Where nothing is to glide, it turns by three quarters of a screen.
      const turns = Math.ceil(overflow / (host.clientHeight * 0.75));
      page.animate([{ transform: 'none' }, { transform: `translateY(${-overflow}px)` }], {
        delay: still,
        duration: Math.max(1000, durationMs - 2 * still),
        fill: 'forwards',
        easing: reduced.matches ? `steps(${turns})` : 'linear',
      });
    },
  };
}
