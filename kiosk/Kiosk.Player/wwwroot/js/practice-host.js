import { t } from './texts.js';
import { now } from './clock.js';

const quarter = 15 * 60000;
const iso = (instant) => new Date(instant).toISOString();

/** The host's panel over the practice meeting: the real panel, and nothing behind it but the practice in memory. */
export function practicePanel({ step, start, point, points, arrivals, expected, counted }) {
  const own = arrivals.filter((arrival) => arrival.card === 'own').length;
  const voters = { votingPresent: arrivals.length, votingExpected: expected + own };
  const begun = step !== 'check_in';
  const type = { code: 'practice', name: t('practice.type'), signUp: false, why: null, starts: [{ unitId: 'practice', name: t('practice.meeting'), expected: voters.votingExpected }] };
  return {
    step: 'menu', host: t('practice.host'), code: null, busy: false, triesLeft: null, lockedUntil: null, done: null,
    warnAt: iso(now() + quarter), endsAt: iso(now() + quarter),
    units: step === 'closed' ? [{ id: 'practice', name: t('practice.meeting'), expected: voters.votingExpected, types: [type] }] : [],
    meeting: {
      id: 'practice', practice: true, title: t('practice.meeting'), started: begun && step !== 'closed', start, end: iso(Date.parse(start) + 6 * quarter),
      agenda: Array.from({ length: points }, (_, at) => t(`practice.point${at + 1}`)), point: begun ? point : null, ...voters,
      frozen: step === 'count' ? { number: 1, at: iso(Math.floor(now() / 60000) * 60000), count: { ...voters, votingPresent: counted ?? arrivals.length } } : null,
      reopenUntil: step === 'closed' ? iso(Date.parse(start) + 6 * quarter) : null, leads: t('practice.host'), leadsMe: true, nextStart: null,
    },
  };
}

/** What a button of the panel does to the practice meeting. */
export function practiceActions({ kind, number }, { point }) {
  switch (kind) {
    case 'start': return ['practice_next', 'practice_next'];
    case 'begin': return ['practice_next'];
    case 'agenda': return number > point ? ['practice_point'] : ['practice_back'];
    case 'count': return ['practice_count'];
    case 'count_end': return ['practice_back'];
    case 'close': return ['practice_close'];
    case 'reopen': return ['practice_reopen'];
    default: return ['stay'];
  }
}
