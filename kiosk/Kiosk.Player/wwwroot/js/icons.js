import { svg } from './dom.js';

const line = { fill: 'none', stroke: 'currentColor', 'stroke-width': 2.2, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' };
const draw = (...parts) => () => svg('0 0 32 32', ...parts.map((part) => (typeof part === 'string' ? { d: part, ...line } : { ...line, ...part })));

const shapes = {
  card: draw({ tag: 'rect', x: 3, y: 7, width: 26, height: 18, rx: 2.5 }, 'M7 11.5h7v7H7zM18 12h7M18 16.5h7M18 21h4'),
  points: draw({ tag: 'circle', cx: 16, cy: 16, r: 12.5 }, 'm16 9 2.2 4.6 5 .7-3.6 3.5.9 5-4.5-2.4-4.5 2.4.9-5-3.6-3.5 5-.7z'),
  notices: draw('M4 13v6h4l11 6V7L8 13zM23 11.5c2.6 2.4 2.6 6.6 0 9M26 8c4.6 4.4 4.6 11.6 0 16'),
  elder: draw('M3 25 10 7l7 18M5.6 19h8.8M20 25l4.5-11L29 25M21.7 21.5h5.6'),
  language: draw({ tag: 'circle', cx: 16, cy: 16, r: 12.5 }, 'M3.5 16h25M16 3.5c4.6 4 4.6 21 0 25M16 3.5c-4.6 4-4.6 21 0 25'),
  practice: draw('M2.5 12 16 6l13.5 6L16 18zM8 15v7c4 3.6 12 3.6 16 0v-7M29.5 12v8'),
  back: draw('M19.5 6 9.5 16l10 10'),
  home: draw('M4 15.5 16 5l12 10.5M7.5 13v14h17V13M13 27v-8h6v8'),
  read: draw('M4 12v8h5l8 6V6l-8 6zM21 12c2.2 2 2.2 6 0 8M24.5 8.5c4.2 4 4.2 11 0 15'),
  stop: draw({ tag: 'rect', x: 8, y: 8, width: 16, height: 16, rx: 2 }),
  up: draw('M6 20 16 10l10 10'),
  down: draw('m6 12 10 10 10-10'),
  close: draw('m8 8 16 16M24 8 8 24'),
  go: draw('m12.5 6 10 10-10 10'),
  clock: draw({ tag: 'circle', cx: 16, cy: 16, r: 12.5 }, 'M16 8.5V16l5.5 3.5'),
  camera: draw({ tag: 'rect', x: 3, y: 8, width: 20, height: 16, rx: 2.5 }, 'm23 14 6-4v12l-6-4'),
  sound: draw('M4 12v8h5l8 6V6l-8 6zM21 12c2.2 2 2.2 6 0 8'),
};

export function icon(name) {
  const element = shapes[name]();
  element.classList.add('icon');
  element.setAttribute('aria-hidden', 'true');
  return element;
}
