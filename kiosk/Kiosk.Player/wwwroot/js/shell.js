// The first thing of the page that runs, before any module is there: nothing a finger, a mouse or a key does reaches the browser.
// What keys and touches mean is for the modules to say (wedge.js, keys.js, touch.js); they do not ask whether a default was prevented.
(() => {
  const never = (event) => event.preventDefault();
  const first = { capture: true, passive: false };
  for (const name of ['keydown', 'keypress', 'keyup', 'contextmenu', 'dragstart', 'dragover', 'drop', 'selectstart', 'gesturestart', 'copy', 'cut', 'paste', 'auxclick']) {
    addEventListener(name, never, first);
  }
  // A middle click starts to scroll by itself, and the side buttons of a mouse go back.
  for (const name of ['mousedown', 'mouseup']) {
    addEventListener(name, (event) => event.button !== 0 && event.preventDefault(), first);
  }
  addEventListener('wheel', (event) => event.ctrlKey && event.preventDefault(), first);
  // Two fingers are a pinch or nothing: no page here needs a second one.
  addEventListener('touchmove', (event) => event.touches.length > 1 && event.cancelable && event.preventDefault(), first);
  // A page of the web that took the keys would take the cards of a scanner with them.
  const back = () => {
    if (document.hasFocus() && (taken || document.activeElement instanceof HTMLIFrameElement)) {
      document.activeElement instanceof HTMLIFrameElement && document.activeElement.blur();
      focus();
    }
  };
  let taken = false;
  addEventListener('blur', () => {
    taken = true;
    setTimeout(back);
  });
  addEventListener('focus', () => { taken = false; });
  setInterval(back, 500);
})();
