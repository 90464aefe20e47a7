import { prepareZXingModule, readBarcodes } from '/lib/zxing-wasm/reader/index.js';

prepareZXingModule({ overrides: { locateFile: () => '/lib/zxing-wasm/zxing_reader.wasm' }, fireImmediately: true });

const options = {
  formats: ['QRCode'],
  tryHarder: true,
  tryRotate: true,
  tryInvert: true,
  tryDownscale: true,
  tryDenoise: true,
  maxNumberOfSymbols: 2,
};

let canvas = null;

onmessage = async ({ data: { frame } }) => {
  const texts = [];
  try {
    if (canvas?.width !== frame.width || canvas?.height !== frame.height) {
      canvas = new OffscreenCanvas(frame.width, frame.height);
    }
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.drawImage(frame, 0, 0);
    const results = await readBarcodes(context.getImageData(0, 0, frame.width, frame.height), options);
    texts.push(...results.filter((result) => result.isValid).map((result) => result.text));
  } catch (error) {
    console.warn('camera frame not read', error);
  } finally {
    frame.close();
    postMessage({ texts });
  }
};
