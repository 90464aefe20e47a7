import { h, Screen, setText, svg } from './dom.js';
import { dayAndTime, t, time } from './texts.js';
import { now } from './clock.js';
import { qrElement } from './qr.js';

const cardIcon = () => svg('0 0 32 22',
  { tag: 'rect', x: 1, y: 1, width: 30, height: 20, rx: 3, fill: 'none', stroke: 'currentColor', 'stroke-width': 1.6 },
  { d: 'M5 6h8v8H5zM16 7h11M16 11h11M5 17.5h14', fill: 'none', stroke: 'currentColor', 'stroke-width': 1.6 });

const tick = () => svg('0 0 24 24',
  { tag: 'circle', cx: 12, cy: 12, r: 10, fill: 'none', stroke: 'currentColor', 'stroke-width': 2 },
  { d: 'm7.2 12.4 3.3 3.3 6.3-7', fill: 'none', stroke: 'currentColor', 'stroke-width': 2.2, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' });

/** Not yet: a ring that is still open, so that meaning does not rest on the colour of a tick. */
const awaits = () => svg('0 0 24 24',
  { tag: 'circle', cx: 12, cy: 12, r: 10, fill: 'none', stroke: 'currentColor', 'stroke-width': 2, 'stroke-dasharray': '4 3' },
  { d: 'M12 7v5.4l3.4 2', fill: 'none', stroke: 'currentColor', 'stroke-width': 2.2, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' });

/** Hides the items of a list that would be cut at the container's edge. */
function fit(container) {
  const items = [...container.querySelectorAll('li')];
  items.forEach((item) => { item.hidden = false; });
  const edge = container.offsetTop + container.clientHeight + 2;
  const cut = () => items.findIndex((item) => !item.hidden && item.offsetTop + item.offsetHeight > edge);
  // The current point stays; what is done makes room for it, the latest last.
  const now = items.findIndex((item) => item.classList.contains('now'));
  for (let past = 0; past < now && cut() >= 0 && cut() <= now; past += 1) {
    items[past].hidden = true;
  }
  const first = cut();
  items.slice(first < 0 ? items.length : first).forEach((item) => { item.hidden = true; });
  // A heading over nothing says nothing.
  container.classList.toggle('none', items.length > 0 && items.every((item) => item.hidden));
}

const two = (n) => String(n).padStart(2, '0');

/** The meeting's screens: before, during, after, cancelled. Built once a phase; figures, code and names change in place. */
export class Meeting {
  #screen = new Screen('meeting', (meeting, element) => this.#build(meeting, element));
  #view = null;
  #parts = {};
  #camera;

  /** @param camera  Gives the preview element while it is on, else null. */
  constructor(camera) {
    this.#camera = camera;
    addEventListener('resize', () => this.fit());
    document.fonts.addEventListener('loadingdone', () => this.fit());
  }

  show(view, qr) {
    const meeting = view.meeting ?? null;
    this.#view = meeting;
    if (meeting === null) {
      this.#screen.show(null);
      return;
    }
    const camera = this.#camera();
    const fixed = [
      view.language, meeting.id, meeting.phase, meeting.title, meeting.typeName, meeting.roomName, meeting.hostName, meeting.start, meeting.end,
      meeting.agenda, meeting.showNames, meeting.quorumNeeded ?? null, meeting.quorumSource ?? null, meeting.checkInOpen, meeting.exitOpen, !!qr, !!camera,
      meeting.point ?? null, meeting.session ?? null, meeting.frozen ?? null, meeting.nextMeeting, meeting.phase === 'after' ? [meeting.present, meeting.expected] : null,
      meeting.cancelReason ?? null,
    ];
    this.#screen.show(meeting, JSON.stringify(fixed));
    this.#update(meeting, qr);
    this.tick();
    this.fit();
  }

  /** Shows as many names and points as the room at hand takes. */
  fit() {
    this.#screen.element.querySelectorAll('.agenda, .names').forEach(fit);
  }

  /** Once a second. */
  tick() {
    const { countdown } = this.#parts;
    if (!this.#view || !countdown) {
      return;
    }
    const left = Math.ceil((Date.parse(this.#view.start) - now()) / 1000);
    const [hours, minutes, seconds] = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
    setText(countdown.label, left > 0 ? t('meeting.countdown') : '');
    setText(countdown.value, left <= 0 ? t('meeting.starting') : hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`);
    countdown.value.classList.toggle('words', left <= 0);
  }

  #build(meeting, element) {
    element.className = meeting.phase;
    this.#parts = {};
    return { before: () => this.#before(meeting), during: () => this.#during(meeting), after: () => this.#after(meeting), cancelled: () => this.#cancelled(meeting) }[meeting.phase]();
  }

  #before(meeting) {
    const countdown = { label: h('span'), value: h('b') };
    this.#parts.countdown = countdown;
    return [
      h('div.head', null, h('p.type.one-line', null, meeting.typeName), h('h1.clamp', null, meeting.title)),
      this.#facts(meeting),
      h('p.countdown', null, countdown.label, countdown.value),
      this.#entry(meeting, false),
      this.#wall(meeting),
    ];
  }

  #during(meeting) {
    const figure = (name, main) => {
      const [value, of] = [document.createTextNode(''), h('small')];
      this.#parts[name] = { value, of };
      return h(main ? 'div.figure.main' : 'div.figure', null, h('span', null, t(`meeting.${name === 'expected' && meeting.signUp ? 'signed_up' : name}`)), h('b', null, value, of));
    };
    const current = meeting.point ?? -1;
    // The current point and what is next matter more than what is done.
    const from = Math.max(0, Math.min(current - 1, meeting.agenda.length - 8));
    const agenda = meeting.agenda.length > 0
      ? [h('h2', null, t(meeting.agenda.length > 1 ? 'meeting.agenda_of' : 'meeting.agenda', { n: meeting.agenda.length })), h('ol', null, meeting.agenda.slice(from, from + 8).map((point, at) =>
        h(from + at === current ? 'li.now' : from + at < current ? 'li.past' : 'li', from + at === current ? { 'aria-current': 'step' } : null,
          h('b', null, from + at < current ? '✓' : `${from + at + 1}`), h('span.clamp', null, point))))]
      : [h('h2', null, t('meeting.no_agenda'))];
    return [
      h('div.head', null, h('p.type.one-line', null, meeting.session ? t('meeting.session', meeting.session) : meeting.typeName),
        h('h1.clamp', null, meeting.session?.title && meeting.session.title !== meeting.session.typeName ? meeting.session.title : meeting.title)),
      meeting.frozen ? this.#frozen(meeting.frozen) : h('div.figures', null, figure('expected'), figure('present', true), meeting.signUp ? null : figure('voting')),
      this.#quorum(meeting),
      h('div.agenda', null, agenda),
      this.#entry(meeting, true),
      this.#wall(meeting),
    ].filter(Boolean);
  }

  /** 表决前清点: what was counted stays as it was, whoever comes after it. */
  #frozen(frozen) {
    const since = h('span');
    this.#parts.since = { element: since, present: frozen.count.present };
    return h('div.figures.frozen', null,
      h('div.about', null, h('b', null, t('meeting.counted_title')), h('span', null, t('meeting.counted', { n: frozen.number, time: time(new Date(frozen.at)) })),
        h('span', null, t('meeting.counted_present', frozen.count)),
        since),
      h('div.value', null, h('span', null, t('meeting.voting')), String(frozen.count.votingPresent), h('small', null, t('meeting.of', { n: frozen.count.votingExpected }))));
  }

  #cancelled(meeting) {
    return [
      h('div.thanks', null,
        h('p.about.clamp', null, meeting.title),
        h('p.about', null, dayAndTime(meeting.start)),
        h('b', null, t('meeting.cancelled')),
        meeting.cancelReason ? h('p.came.clamp', null, meeting.cancelReason) : null),
      this.#next(meeting.nextMeeting),
    ];
  }

  #next(next) {
    return h('p.next', null, next ? [h('span', null, t('meeting.next')), h('b.one-line', null, next.title), h('span', null, dayAndTime(next.start))] : []);
  }

  #after(meeting) {
    return [
      h('div.thanks', null,
        h('p.about.clamp', null, meeting.title),
        h('b', null, t('meeting.thanks')),
        h('p.came', null, t(meeting.signUp ? 'meeting.thanks_signed' : 'meeting.thanks_count', meeting))),
      this.#next(meeting.nextMeeting),
      meeting.exitOpen ? this.#entry(meeting, true) : null,
    ].filter(Boolean);
  }

  #facts(meeting) {
    const facts = [
      ['room', meeting.roomName],
      ['start', `${time(new Date(meeting.start))} – ${time(new Date(meeting.end))}`],
      ['host', meeting.hostName],
    ];
    return h('dl.facts', null, facts.filter(([, value]) => value).flatMap(([name, value]) =>
      [h('dt', null, t(`meeting.${name}`)), h('dd.one-line', null, value)]));
  }

  /** How to check in here. */
  #entry(meeting, small) {
    const open = meeting.checkInOpen || meeting.exitOpen;
    // Near the end one code serves both: those who come late and those who leave.
    const way = !meeting.exitOpen ? null : meeting.checkInOpen ? 'both' : 'leaving';
    const camera = open ? this.#camera() : null;
    const parts = [];
    if (open && meeting.qrText) {
      this.#parts.qr = qrElement(true);
      parts.push(h('div.by-code', null, this.#parts.qr.element));
      parts.push(h('p.scan', null, t(way ? `meeting.scan_${way}` : small ? 'meeting.scan_small' : 'meeting.scan')));
      parts.push(small ? null : h('p.or', null, t('meeting.scan_or_card')));
    } else if (open) {
      parts.push(h('div.card-only', null, cardIcon(), h('b', null, t(way ? `meeting.card_${way}` : 'meeting.card_only')), small ? null : h('p.caption', null, t('meeting.card_only_why'))));
    } else if (!small) {
      parts.push(h('p.or', null, t('meeting.closed')));
    }
    if (camera) {
      parts.push(h('div.by-card', null, h('div.camera', null, camera), h('p.camera-note', null, t('meeting.card_here'))));
    }
    return h('div.entry', null, parts);
  }

  #quorum(meeting) {
    if (meeting.quorumNeeded === null || meeting.quorumNeeded === undefined) {
      return null;
    }
    const words = h('span');
    const marks = [tick(), awaits()];
    marks.forEach((mark, at) => mark.classList.add(at === 0 ? 'reached' : 'awaits'));
    const element = h('p.quorum', null, marks, words, meeting.quorumSource ? h('span.source.clamp', null, meeting.quorumSource) : null);
    this.#parts.quorum = { words, element };
    return element;
  }

  #wall(meeting) {
    const [count, names, saved] = [h('p.count'), h('ul.names'), h('p.saved')];
    this.#parts.wall = { count, names, saved };
    return h('div.wall', null, count, meeting.showNames ? names : null, saved);
  }

  #update(meeting, qr) {
    const { wall, quorum, expected, present, voting, since } = this.#parts;
    if (since) {
      const came = (meeting.present ?? 0) - since.present;
      setText(since.element, came > 0 ? t(came === 1 ? 'meeting.counted_since_one' : 'meeting.counted_since', { n: came }) : '');
    }
    this.#parts.qr?.show(qr, meeting.qrUntil);
    if (expected) {
      expected.value.data = String(meeting.expected);
      present.value.data = String(meeting.present);
    }
    if (voting) {
      voting.value.data = String(meeting.votingPresent);
      setText(voting.of, t('meeting.of', { n: meeting.votingExpected }));
    }
    if (quorum) {
      const there = meeting.frozen?.count.votingPresent ?? meeting.votingPresent;
      const reached = there >= meeting.quorumNeeded;
      quorum.element.classList.toggle('yes', reached);
      setText(quorum.words, t(reached ? 'meeting.quorum_yes' : 'meeting.quorum_no', {
        needed: meeting.quorumNeeded, present: there, missing: meeting.quorumNeeded - there,
      }));
    }
    if (wall) {
      setText(wall.count, meeting.present === 0 ? t('meeting.nobody')
        : meeting.phase === 'during' && meeting.showNames ? t('meeting.arrived') : t(meeting.signUp ? 'meeting.come_signed' : 'meeting.come_of', meeting));
      setText(wall.saved, meeting.offlinePresent > 0 ? t('meeting.offline', { n: meeting.offlinePresent }) : '');
      wall.saved.hidden = meeting.offlinePresent === 0;
      this.#names(wall.names, meeting.showNames ? meeting.arrivals : []);
    }
  }

  /** Newest first; those already on the wall keep their element, so that only newcomers fade in. */
  #names(list, arrivals) {
    const keyOf = (arrival, index) => `${arrival.maskedName}|${arrival.at}|${arrivals.slice(0, index).filter((a) => a.maskedName === arrival.maskedName && a.at === arrival.at).length}`;
    const known = new Map([...list.children].map((child) => [child.dataset.key, child]));
    const wanted = arrivals.slice(0, 24).map((arrival, index) => {
      const key = keyOf(arrival, index);
      return known.get(key) ?? h(arrival.late ? 'li.one-line.late' : 'li.one-line', { 'data-key': key, 'data-late': t('meeting.late') }, arrival.maskedName);
    });
    if (wanted.length !== list.children.length || wanted.some((element, index) => list.children[index] !== element)) {
      list.replaceChildren(...wanted);
    }
  }
}
