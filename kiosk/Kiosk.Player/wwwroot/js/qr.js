import { h, svg } from './dom.js';
import { now } from './clock.js';

const reduced = matchMedia('(prefers-reduced-motion: reduce)');

/** A QR code as sent by the player (path over size × size modules, quiet zone included), with or without a ring. */
export function qrElement(ring = false) {
  const element = h('div.qr', null);
  const image = svg('0 0 1 1', { fill: '#000', 'shape-rendering': 'crispEdges', d: '' });
  image.classList.add('code-image');
  element.append(image);
  let left = null;
  if (ring) {
    const shape = { tag: 'rect', x: 0.6, y: 0.6, width: 98.8, height: 98.8, rx: 5, pathLength: 100 };
    const circle = svg('0 0 100 100', { ...shape, class: 'track' }, { ...shape, class: 'left', 'stroke-dasharray': '100 100' });
    circle.classList.add('ring');
    element.append(circle);
    left = circle.lastElementChild;
  }
  let shown = null;
  return {
    element,
    show(qr, until) {
      if (qr === null || qr === undefined || qr.path === shown) {
        return;
      }
      shown = qr.path;
      image.setAttribute('viewBox', `0 0 ${qr.size} ${qr.size}`);
      image.firstElementChild.setAttribute('d', qr.path);
      if (left && until) {
        const rest = Math.max(0, Date.parse(until) - now());
        left.getAnimations().forEach((animation) => animation.cancel());
        if (reduced.matches) {
          return;
        }
        left.animate([{ strokeDashoffset: 100 - Math.min(100, rest / 100) }, { strokeDashoffset: 100 }], { duration: rest, fill: 'forwards' });
      }
    },
  };
}
