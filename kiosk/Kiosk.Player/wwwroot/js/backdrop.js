const width = 160;
const everyMs = 2000;

/**
 * Where a picture does not fill the screen, itself behind it: enlarged, blurred and darkened. It is blurred small, where that costs
 * nothing, and enlarged by the compositor; of a clip it is taken anew every two seconds.
 */
export function fillBehind(layer, source) {
  if (layer.item.fit !== 'blur_fill') {
    return;
  }
  const canvas = document.createElement('canvas');
  canvas.className = 'backdrop';
  canvas.width = width;
  layer.element.prepend(canvas);
  const draw = () => {
    const [w, h] = [source.videoWidth ?? source.naturalWidth, source.videoHeight ?? source.naturalHeight];
    const { clientWidth, clientHeight } = layer.element;
    canvas.height = Math.max(1, Math.round((width * clientHeight) / Math.max(1, clientWidth)));
    const scale = Math.max(canvas.width / w, canvas.height / h) * 1.1;
    const context = canvas.getContext('2d');
    context.filter = 'blur(7px) brightness(0.62)';
    context.drawImage(source, (canvas.width - w * scale) / 2, (canvas.height - h * scale) / 2, w * scale, h * scale);
  };
  draw();
  if (layer.isVideo) {
    const timer = setInterval(() => (layer.removed ? clearInterval(timer) : draw()), everyMs);
  }
}
