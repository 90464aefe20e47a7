// The few things only the browser can do. No state but the files being sent.
export const read = key => { try { return localStorage.getItem(key); } catch { return null; } };
export const write = (key, value) => { try { localStorage.setItem(key, value); } catch { /* private window: forgotten at closing */ } };
export const setLanguage = language => { document.documentElement.lang = language; };

export function scrollToFirst(calendar) {
  const box = calendar.querySelector('.rz-view-content');
  if (!box) return;
  const tops = [...box.querySelectorAll('.rz-event')].map(event => event.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop);
  box.scrollTop = Math.max(0, (tops.length ? Math.min(...tops) : box.scrollHeight / 3) - 48);
}

export async function copy(text) {
  try { await navigator.clipboard.writeText(text); return true; } catch { /* not a secure address */ }
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}

const focusable = 'a[href],button:not([disabled]),input:not([disabled]),select:not([disabled]),textarea:not([disabled]),[tabindex]:not([tabindex="-1"])';

export function trapFocus(dialog, target) {
  const before = document.activeElement;
  const stops = () => [...dialog.querySelectorAll(focusable)].filter(e => e.offsetParent !== null);
  const onKey = event => {
    if (event.key === 'Escape' && !document.querySelector('.rz-popup[style*="display: block"]')) {
      event.stopPropagation();
      target.invokeMethodAsync('Escaped');
    } else if (event.key === 'Tab') {
      const all = stops();
      const edge = event.shiftKey ? all[0] : all.at(-1);
      if (document.activeElement === edge || !dialog.contains(document.activeElement)) {
        event.preventDefault();
        (event.shiftKey ? all.at(-1) : all[0])?.focus();
      }
    }
  };
  dialog.addEventListener('keydown', onKey);
  (dialog.querySelector('[autofocus]') ?? dialog.querySelector('.modal-body input,.modal-body select,.modal-body textarea,.modal-body button') ?? stops()[0] ?? dialog).focus();
  document.documentElement.classList.add('has-modal');
  return {
    release() {
      dialog.removeEventListener('keydown', onKey);
      if (!document.querySelector('.modal')) document.documentElement.classList.remove('has-modal');
      if (before?.isConnected) before.focus();
    },
  };
}

// Rows follow the pointer by their handle; .NET moves the data, so the DOM is put back before it redraws.
export function sortable(list, target) {
  const rows = () => [...list.children].filter(row => row.dataset.row !== undefined);
  let drag = null;
  const onDown = event => {
    const handle = event.target.closest('[data-handle]');
    const row = handle?.closest('[data-row]');
    if (!row || row.parentElement !== list || event.button > 0) return;
    event.preventDefault();
    const all = rows();
    const gap = all.length > 1 ? all[1].getBoundingClientRect().top - all[0].getBoundingClientRect().top : row.offsetHeight;
    drag = { row, all, from: all.indexOf(row), to: all.indexOf(row), y: event.clientY, scroll: window.scrollY, gap };
    row.classList.add('dragging');
    handle.setPointerCapture(event.pointerId);
  };
  const onMove = event => {
    if (!drag) return;
    if (event.clientY < 80) window.scrollBy(0, -12);
    else if (event.clientY > innerHeight - 80) window.scrollBy(0, 12);
    const by = event.clientY - drag.y + window.scrollY - drag.scroll;
    drag.to = Math.max(0, Math.min(drag.all.length - 1, drag.from + Math.round(by / drag.gap)));
    drag.row.style.transform = `translateY(${by}px)`;
    drag.all.forEach((row, i) => {
      if (row === drag.row) return;
      const shift = i > drag.from && i <= drag.to ? -1 : i < drag.from && i >= drag.to ? 1 : 0;
      row.style.transform = shift ? `translateY(${shift * drag.gap}px)` : '';
    });
  };
  const onUp = () => {
    if (!drag) return;
    const { row, all, from, to } = drag;
    drag = null;
    row.classList.remove('dragging');
    for (const each of all) each.style.transform = '';
    if (from !== to) target.invokeMethodAsync('Moved', from, to);
  };
  list.addEventListener('pointerdown', onDown);
  list.addEventListener('pointermove', onMove);
  list.addEventListener('pointerup', onUp);
  list.addEventListener('pointercancel', onUp);
  return {
    release() {
      list.removeEventListener('pointerdown', onDown);
      list.removeEventListener('pointermove', onMove);
      list.removeEventListener('pointerup', onUp);
      list.removeEventListener('pointercancel', onUp);
    },
  };
}

const picked = new Map();
const requests = new Map();
let lastFile = 0;

export function files(input, zone, target) {
  const take = list => {
    const taken = [...list].map(file => {
      picked.set(++lastFile, file);
      return { id: lastFile, name: file.name, bytes: file.size };
    });
    if (taken.length) target.invokeMethodAsync('Picked', taken);
  };
  const onChange = () => { take(input.files); input.value = ''; };
  let depth = 0;
  const hasFiles = event => [...(event.dataTransfer?.types ?? [])].includes('Files');
  const onEnter = event => { if (hasFiles(event)) { event.preventDefault(); depth++; zone.classList.add('over'); } };
  const onOver = event => { if (hasFiles(event)) { event.preventDefault(); event.dataTransfer.dropEffect = 'copy'; } };
  const onLeave = () => { if (--depth <= 0) { depth = 0; zone.classList.remove('over'); } };
  const onDrop = event => { if (hasFiles(event)) { event.preventDefault(); depth = 0; zone.classList.remove('over'); take(event.dataTransfer.files); } };
  input.addEventListener('change', onChange);
  zone.addEventListener('dragenter', onEnter);
  zone.addEventListener('dragover', onOver);
  zone.addEventListener('dragleave', onLeave);
  zone.addEventListener('drop', onDrop);
  return {
    release() {
      input.removeEventListener('change', onChange);
      zone.removeEventListener('dragenter', onEnter);
      zone.removeEventListener('dragover', onOver);
      zone.removeEventListener('dragleave', onLeave);
      zone.removeEventListener('drop', onDrop);
    },
  };
}

// XMLHttpRequest, because fetch tells nothing about bytes on their way up.
export function upload(id, address, token, language, target) {
  const file = picked.get(id);
  if (!file) { target.invokeMethodAsync('Finished', id, 0, ''); return; }
  const request = new XMLHttpRequest();
  requests.set(id, request);
  let told = 0;
  request.open('POST', address);
  request.setRequestHeader('X-CSRF-TOKEN', token);
  request.setRequestHeader('Accept-Language', language);
  request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
  request.upload.onprogress = event => {
    const now = performance.now();
    if (now - told > 150 || event.loaded === event.total) { told = now; target.invokeMethodAsync('Progressed', id, event.loaded); }
  };
  const done = status => {
    requests.delete(id);
    if (status >= 200 && status < 300 || status < 0) picked.delete(id);
    target.invokeMethodAsync('Finished', id, status, request.responseText ?? '');
  };
  request.onload = () => done(request.status);
  request.onerror = () => done(0);
  request.onabort = () => done(-1);
  request.send(file);
}

export const cancelUpload = id => {
  const request = requests.get(id);
  if (request) request.abort(); else picked.delete(id);
};

/** The first mistake of the open dialog, in view. */
export function revealError() {
  document.querySelector('.modal [role=alert]')?.scrollIntoView({ block: 'nearest' });
}
