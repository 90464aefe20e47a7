/** The wrapper of a web page: tells the stage when it has loaded, and when it tries to go elsewhere. */
const tell = (what) => parent.postMessage(what, location.origin);
const page = document.querySelector('iframe');
page.inert = true;
document.addEventListener('securitypolicyviolation', (event) => {
  if (/frame-src|child-src/.test(event.effectiveDirective)) {
    page.hidden = true;
    tell('left');
  }
});
page.addEventListener('load', () => tell('loaded'));
page.src = page.dataset.src;
