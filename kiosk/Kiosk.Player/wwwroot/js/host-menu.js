import { h } from './dom.js';
import { t, time } from './texts.js';
import { now } from './clock.js';

// Longer than this before its start, whoever begins a meeting is asked first.
const asksBeforeBegin = 30 * 60000;

/**
 * What the panel offers once the host is known. Draws only.
 * @param asking  The question that is open: 'start', 'begin', 'close' or null.
 * @param choice  What was chosen on the way to a new meeting.
 * @param ways  Buttons that tell the player, ask first, or choose; and the panel's problem in words.
 */
export function menu(panel, asking, choice, ways) {
  if (asking === 'start') {
    return starting(panel, choice, ways);
  }
  const meeting = panel.meeting ?? null;
  const said = ways.problem() ?? (panel.done ? h('p.done', { role: 'status' }, t(`host.done.${panel.done}`)) : null);
  if (asking === 'close') {
    return [h('p.big', null, t('host.close_title')), h('p.small', null, t(meeting?.marksAbsent === false ? 'host.close_why_open' : 'host.close_why')), h('div.body', null, ways.do(t('host.close_yes'), { kind: 'close' }, 'danger'))];
  }
  if (asking === 'begin' && meeting) {
    return [h('p.big', null, t('host.begin_title')), h('p.small', null, t('host.begin_why', { time: time(new Date(meeting.start)) })), h('div.body', null, ways.do(t('host.begin'), { kind: 'begin' }, 'primary'))];
  }
  const start = panel.units.length > 0 ? ways.ask(t('host.start'), 'start', meeting ? '' : 'primary') : null;
  if (!meeting) {
    return [said, h('p.small', null, t(start ? 'host.no_meeting' : 'host.not_here')), h('div.body', null, start)];
  }
  return [
    h('div.about', null, h('p.title.clamp', null, meeting.title), h('p.small', null, `${time(new Date(meeting.start))} – ${time(new Date(meeting.end))}${meeting.leads ? ` · ${t('host.leads', { name: meeting.leads })}` : ''}`)),
    said,
    meeting.started ? running(meeting, start, ways) : idle(meeting, start, ways),
  ];
}

function idle(meeting, start, ways) {
  return h('div.body', null,
    meeting.reopenUntil ? ways.do(t('host.reopen', { time: time(new Date(meeting.reopenUntil)) }), { kind: 'reopen' }, 'primary')
      : Date.parse(meeting.start) - now() > asksBeforeBegin ? ways.ask(t('host.begin'), 'begin', 'primary')
        : Date.parse(meeting.start) > now() ? ways.do(t('host.begin'), { kind: 'begin' }, 'primary') : null,
    start);
}

function running(meeting, start, ways) {
  const point = meeting.point ?? -1;
  const last = meeting.agenda.length - 1;
  const on = (number, button) => {
    button.dataset.number = number;
    return button;
  };
  const to = (words, index, kind) => ways.do(words, { kind: 'agenda', number: index }, kind);
  const next = meeting.nextStart ? Date.parse(meeting.nextStart) - Date.parse(meeting.end) : Infinity;
  const { frozen, session } = meeting;
  const part = (words, name, number, kind) => (name ? ways.do([t(words), h('small', null, name)], { kind: 'session', number }, kind) : null);
  const ahead = session ? part('host.session_next', session.next, session.number, point >= last ? 'primary' : '') : null;
  return h('div.body', null,
    session ? h('p.small.one-line', null, t('host.session', { n: session.number, of: session.count, name: session.title })) : null,
    last >= 0 ? h('div.agenda-now', null, h('p.small', null, point >= 0 ? t('host.point', { n: point + 1, of: last + 1 }) : t('meeting.agenda')), h('p.title.clamp', null, point >= 0 ? meeting.agenda[point] : t('host.point_none'))) : null,
    last >= 0 ? h('div.pair', null, point > 0 ? on(2, to(t('host.previous'), point - 1)) : null, point < last ? on(1, to(t(point < 0 ? 'host.first' : 'host.next'), point + 1, 'primary')) : null) : null,
    session ? h('div.pair.sessions', null, part('host.session_back', session.previous, session.number - 2), ahead && on(9, ahead)) : null,
    frozen
      ? h('div.counted', null, h('p.small', null, t('meeting.counted', { n: frozen.number, time: time(new Date(frozen.at)) })), h('p.title', null, t('host.voters', frozen.count)))
      : meeting.signUp ? null : h('p.small', null, t('host.voters', meeting)),
    // Nothing is put to the vote where people came of their own will.
    meeting.signUp ? null : h('div.pair', null, on(3, ways.do(t(frozen ? 'host.count_again' : 'host.count'), { kind: 'count' })), frozen ? on(4, ways.do(t('host.count_end'), { kind: 'count_end' }, 'primary')) : null),
    meeting.practice ? null : h('div.pair', null, ...[15, 30].map((n, at) => on(5 + at, ways.do(t('host.extend', { n }), { kind: 'extend', number: n })))),
    next < 30 * 60000 ? h('p.small', null, t('host.next_meeting', { time: time(new Date(meeting.nextStart)) })) : null,
    h('div.pair', null, meeting.leadsMe ? null : on(7, ways.do(t('host.take_over'), { kind: 'take_over' })), on(8, ways.ask(t('host.close'), 'close', 'danger'))),
    start);
}

/** Which unit, then which type, for 党小组会 which group; the title is the type's name unless somebody types another. */
function starting(panel, choice, ways) {
  const unit = panel.units.length === 1 ? panel.units[0] : panel.units.find((one) => one.id === choice.unit);
  if (!unit) {
    return [h('p.big', null, t('host.start_unit')), h('div.body.list', null, panel.units.map((one) => ways.choose(t('host.unit', { name: one.name, n: one.expected }), { unit: one.id })))];
  }
  const start = (type, one, words) => ways.do(words, { kind: 'start', unitId: one.unitId, type: type.code, text: choice.title || null });
  const chosen = unit.types.find((type) => type.code === choice.type);
  if (chosen) {
    return [h('p.big', null, t('host.start_group')), h('p.small', null, chosen.name), ways.title(), h('div.body.list', null, chosen.starts.map((one) => start(chosen, one, t('host.unit', { name: one.name, n: one.expected }))))];
  }
  const why = unit.types.filter((type) => type.why);
  return [
    h('p.big', null, t('host.start_type')), h('p.small', null, unit.name), ways.title(),
    h('div.body.grid', null, unit.types.filter((type) => !type.why).map((type) => (type.starts.length > 1
      ? ways.choose([type.name, h('small', null, t('host.groups', { n: type.starts.length }))], { unit: unit.id, type: type.code })
      : start(type, type.starts[0], [type.name, h('small', null, t(type.signUp ? 'host.open_to_all' : 'host.expected', { n: type.starts[0].expected }))])))),
    why.length > 0 ? h('p.small', null, why.map((type) => t(`host.why.${type.why}`, { name: type.name })).join(' ')) : null,
  ];
}
