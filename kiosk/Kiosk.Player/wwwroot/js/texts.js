let texts = {};
let language = 'zh-CN';
let zone = 'Asia/Shanghai';
const formats = new Map();

export function setLanguage(view, newTexts) {
  texts = newTexts ?? texts;
  if (view.language !== language || view.timeZone !== zone) {
    formats.clear();
  }
  language = view.language;
  zone = view.timeZone;
  document.documentElement.lang = language;
}

/** The text of a key with its {names} filled in. */
export function t(key, values = {}) {
  return (texts[key] ?? '').replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
}

export const knows = (key) => key in texts;

function format(name, options) {
  if (!formats.has(name)) {
    let made;
    try {
      made = new Intl.DateTimeFormat(language, { ...options, timeZone: zone });
    } catch {
      made = new Intl.DateTimeFormat(language, options);
    }
    formats.set(name, made);
  }
  return formats.get(name);
}

export const time = (instant) =>
  format('time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(instant);

export const hour = (instant) => Number(format('hour', { hour: '2-digit', hourCycle: 'h23' }).formatToParts(instant).find((part) => part.type === 'hour').value);

export const weekday = (instant) => format('weekday', { weekday: 'long' }).format(instant);

export const date = (instant) => format('date', { month: 'long', day: 'numeric' }).format(instant);

const dayKey = (instant) => format('key', { year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);

/** The time of an instant, with its date when that is not today. */
export function when(instant, now) {
  const at = new Date(instant);
  return dayKey(at) === dayKey(now) ? time(at) : `${date(at)} ${time(at)}`;
}

export const dayAndTime = (instant) => {
  const at = new Date(instant);
  return `${date(at)} ${weekday(at)} ${time(at)}`;
};
