/** Resolves true once the element has really been in a painted frame, fonts and pictures included; false when it went before. */
export async function painted(element) {
  await document.fonts.ready;
  await Promise.allSettled([...element.querySelectorAll('img')].map((image) => image.decode()));
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return element.isConnected && element.getClientRects().length > 0 && document.visibilityState === 'visible';
}
