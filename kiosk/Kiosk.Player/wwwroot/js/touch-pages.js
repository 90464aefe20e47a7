import { h } from './dom.js';
import { icon } from './icons.js';
import { date, dayAndTime, hour, knows, t, time, weekday, when } from './texts.js';
import { isKnown, now } from './clock.js';

const greeting = () => {
  const at = hour(now());
  return t(at < 5 || at >= 18 ? 'touch.evening' : at < 9 ? 'touch.morning' : at < 11 ? 'touch.forenoon' : at < 13 ? 'touch.noon' : 'touch.afternoon');
};

const title = (key) => h('h1', null, t(key));

const tile = (act, picture, name, note, { off = false, pressed = null, lang = null } = {}) =>
  h('button.tile', { type: 'button', 'data-act': act, disabled: off ? '' : null, 'aria-pressed': pressed, lang },
    icon(picture), h('span.words', null, h('b', null, name), h('small', null, note)));

const stateOf = (meeting) =>
  meeting.cancelled ? ['cancelled', t('today.cancelled')]
    : meeting.over ? ['over', t('today.over')]
      : meeting.checkInOpen ? ['open', t('today.open')]
        : ['later', t('today.opens', { time: when(meeting.checkInOpens, now()) })];

const span = ({ start, end }) => t('today.time', { start: time(new Date(start)), end: time(new Date(end)) });

/** The one that matters now: running or next, else the last. */
const mainOf = (meetings) => meetings.find((meeting) => !meeting.over && !meeting.cancelled) ?? meetings.at(-1);

const reason = ({ cancelled, cancelReason }) => (cancelled && cancelReason ? t('today.reason', { reason: cancelReason }) : null);

function today({ meetings }) {
  const main = mainOf(meetings);
  const held = meetings.filter((meeting) => !meeting.cancelled).length;
  if (!main) {
    return h('p.today.none', null, icon('clock'), h('span', null, t('today.none')));
  }
  const [state, words] = stateOf(main);
  return h('button.today', { type: 'button', 'data-act': 'meetings' },
    icon('clock'),
    h('span.words', null,
      h('small', null, held > 1 ? t('today.more', { n: held }) : t('today.title')),
      h('b.clamp', null, main.title),
      h('span.when.clamp', null, [span(main), reason(main)].filter(Boolean).join('　'))),
    h(`em.${state}`, null, words));
}

function home(view) {
  const { touch } = view;
  const at = now();
  return [
    h('header', null,
      h('div', null, h('h1', null, greeting()), h('p.note', null, t('touch.welcome'))),
      isKnown() ? h('p.now', null, h('b', null, time(at)), h('span', null, t('clock.day', { weekday: weekday(at), date: date(at) }))) : null),
    today(touch),
    h('div.tiles', null,
      tile('how_to', 'card', t('tile.how_to'), t('tile.how_to_note')),
      tile('own', 'points', t('tile.own'), t('tile.own_note')),
      tile('notices', 'notices', t('tile.notices'), touch.notices.length > 0 ? t('tile.notices_note', { n: touch.notices.length }) : t('tile.notices_none')),
      tile('elder', 'elder', t(view.elderMode ? 'tile.elder_off' : 'tile.elder'), t(view.elderMode ? 'tile.elder_off_note' : 'tile.elder_note'), { pressed: String(view.elderMode) }),
      tile('language', 'language', t('tile.language'), t('tile.language_note'), { lang: view.language === 'en' ? 'zh-CN' : 'en' }),
      tile('practice', 'practice', t('tile.practice'), t(touch.mayPractise ? 'tile.practice_note' : 'tile.practice_later'), { off: !touch.mayPractise })),
  ];
}

const howTo = () => [
  title('how.title'),
  h('ol.steps', null, ['card', 'camera', 'sound'].map((picture, index) =>
    h('li', null, h('b', null, String(index + 1)), icon(picture), h('span', null, t(`how.card${index + 1}`))))),
  h('p.more', null, t('how.phone')),
  h('p.more', null, t('how.nothing')),
];

const meetings = ({ touch }) => [
  title('today.title'),
  touch.meetings.length === 0 ? h('p.more', null, t('today.none')) : null,
  h('ul.list', null, touch.meetings.map((meeting) => {
    const [state, words] = stateOf(meeting);
    return h('li', null,
      h('p.when', null, span(meeting), h(`em.${state}`, null, words)),
      h('h2', null, meeting.title),
      h('p.note', null, [meeting.typeName, meeting.hostName ? t('today.host', { name: meeting.hostName }) : null].filter(Boolean).join('　')),
      reason(meeting) ? h('p.note', null, reason(meeting)) : null);
  })),
];

function problemOf(code) {
  const key = knows(`own.problem.${code}`) ? code : 'other';
  return [h('p.big', null, t(`own.problem.${key}`)), h('p.more', null, t(`own.problem.${key}.do`))];
}

const amount = (n) => (n > 0 ? `+${n}` : String(n).replace('-', '−'));

function summary({ maskedName, pointsAvailable, pointsHeld, postings, meetings: coming, unread }) {
  return [
    h('div.total', null,
      h('p.who.one-line', null, maskedName),
      h('p.sum', null, h('span', null, t('own.available')), h('b', null, String(pointsAvailable))),
      pointsHeld > 0 ? h('p.note', null, t('own.held', { n: pointsHeld })) : null,
      unread > 0 ? h('p.note', null, t('own.unread', { n: unread })) : null),
    h('div.columns', null,
      h('section', null,
        h('h2', null, t('own.postings')),
        postings.length === 0 ? h('p.note', null, t('own.postings_none')) : null,
        h('ul.rows', null, postings.map((posting) =>
          h('li', null, h('span', null, posting.text, h('small', null, dayAndTime(posting.at))), h(posting.amount < 0 ? 'b.less' : 'b', null, amount(posting.amount)))))),
      h('section', null,
        h('h2', null, t('own.meetings')),
        coming.length === 0 ? h('p.note', null, t('own.meetings_none')) : null,
        h('ul.rows', null, coming.map((meeting) =>
          h('li', null, h('span', null, meeting.title, h('small', null, [dayAndTime(meeting.start), meeting.roomName].filter(Boolean).join('　')))))))),
    h('p.more', null, t('own.wipe')),
  ];
}

function own({ touch }, camera) {
  const { state, problem, summary: shown } = touch.own ?? {};
  return [
    title('own.title'),
    ...{
      ask_card: () => [
        h('div.ask-card', null, camera ? h('div.camera', null, camera) : icon('card'), h('p.big', null, t('own.ask')), h('p.more', null, t('own.ask_note'))),
      ],
      loading: () => [h('p.big', { role: 'status' }, t('own.loading'))],
      shown: () => summary(shown),
      failed: () => problemOf(problem),
    }[state]?.() ?? [],
  ];
}

const urgencyOf = ({ urgency }) => (urgency === 'normal' ? null : h(`em.${urgency}`, null, t(`notices.${urgency}`)));

function notices({ touch }) {
  const open = touch.notices.find((notice) => notice.id === touch.notice);
  if (open) {
    return [
      h('h1', null, open.title || open.text.slice(0, 40)),
      h('p.note', null, t('notice.when', { from: open.from, time: when(open.start, now()) })),
      open.text ? h('p.text', null, open.text) : null,
      open.imageSha256 ? h('img', { src: `/media/${open.imageSha256}`, alt: '' }) : null,
    ];
  }
  return [
    title('notices.title'),
    touch.notices.length === 0 ? h('p.more', null, t('notices.none')) : null,
    h('ul.list', null, touch.notices.map((notice) =>
      h('li', null, h('button.notice', { type: 'button', 'data-act': 'notice', 'data-id': notice.id },
        h('span.words', null,
          h('b.clamp', null, notice.title || notice.text, urgencyOf(notice)),
          notice.title && notice.text ? h('span.clamp', null, notice.text) : null,
          h('small', null, t('notice.when', { from: notice.from, time: when(notice.start, now()) }))),
        icon('go'))))),
  ];
}

const clean = (build) => (view, camera) => build(view, camera).flat().filter((part) => part !== null && part !== undefined);

/** Builds the parts of each page. */
export const pages = { home: clean(home), how_to: clean(howTo), meetings: clean(meetings), own: clean(own), notices: clean(notices), practice: () => [] };
