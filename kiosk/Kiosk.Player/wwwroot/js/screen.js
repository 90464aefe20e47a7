// The stage keeps the orientation the display is mounted in, whatever way the window lies, and hands out the unit.
let mounted = 'landscape';

export function setMounting(orientation, elder) {
  mounted = orientation;
  document.documentElement.classList.toggle('portrait', orientation === 'portrait');
  document.documentElement.classList.toggle('elder', elder);
  layOut();
}

function layOut() {
  const style = document.documentElement.style;
  const turned = innerWidth > innerHeight === (mounted === 'portrait') && innerWidth !== innerHeight;
  const [width, height] = turned ? [innerHeight, innerWidth] : [innerWidth, innerHeight];
  style.setProperty('--stage-w', `${width}px`);
  style.setProperty('--stage-h', `${height}px`);
  style.setProperty('--stage-turn', turned ? '90deg' : '0deg');
  // 1/40 of the height; on a tall screen the width decides, so that a line still holds a sentence.
  const unit = Math.min(height / 40, (width / 40) * 1.2);
  style.setProperty('--u', `${unit}px`);
  style.setProperty('--ticker-band', `${Math.max(height * 0.05, unit * 2.8)}px`);
}

addEventListener('resize', layOut);
layOut();

export const unit = () => parseFloat(document.documentElement.style.getPropertyValue('--u'));
