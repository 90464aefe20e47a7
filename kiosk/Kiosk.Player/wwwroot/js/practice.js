import { h, Screen } from './dom.js';
import { icon } from './icons.js';
import { qrElement } from './qr.js';
import { t } from './texts.js';
import { now } from './clock.js';

const phases = { check_in: 'before', running: 'during', count: 'during', closed: 'after' };

const holder = ({ card, maskedName }) => (maskedName ? maskedName : t(`practice.holder_${card}`));

/** The practice meeting as the meeting screen wants it. */
export function practiceMeeting({ step, start, point, arrivals, expected }, { displayName }) {
  const own = arrivals.filter((arrival) => arrival.card === 'own').length;
  return {
    id: 'practice',
    phase: phases[step],
    title: t('practice.meeting'),
    typeName: t('practice.type'),
    roomName: displayName,
    hostName: t('practice.host'),
    start,
    end: new Date(Date.parse(start) + 5400000).toISOString(),
    checkInOpen: step !== 'closed',
    qrText: step === 'closed' ? null : 'practice',
    qrUntil: new Date(now() + 10000).toISOString(),
    showNames: true,
    expected: expected + own,
    present: arrivals.length,
    offlinePresent: 0,
    votingExpected: expected + own,
    votingPresent: arrivals.length,
    quorumNeeded: Math.floor((expected + own) / 2) + 1,
    quorumSource: t('practice.rule'),
    point: step === 'check_in' ? null : point,
    agenda: [1, 2, 3].map((n) => t(`practice.point${n}`)),
    arrivals: arrivals.map((arrival) => ({ maskedName: holder(arrival), at: arrival.at, late: arrival.late })),
    nextMeeting: null,
  };
}

/** Beside the meeting screen: which step this is, what to do, a card to try it with. The band on top never leaves. */
export class Practice {
  #screen = new Screen('practice', (value) => this.#build(value));
  #band = new Screen('band', () => this.#buildBand());

  /** @param host  Opens the host's panel. */
  constructor(host) {
    this.#screen.element.addEventListener('click', ({ target }) => target.closest?.('.hosting') && host());
  }

  show(view, qr) {
    const practice = view.touch?.practice ?? null;
    document.documentElement.classList.toggle('practising', practice !== null);
    this.#screen.show(practice && { practice, qr }, practice && JSON.stringify([practice.step, practice.point, practice.card, practice.counted, practice.arrivals.length, view.language, view.elderMode]));
    this.#band.show(practice && view.language);
  }

  #buildBand() {
    return [h('b.one-line', null, t('practice.band')), h('button', { type: 'button', 'data-act': 'close' }, icon('close'), h('span', null, t('practice.end')))];
  }

  #build({ practice, qr }) {
    const { step, point, points, card, arrivals } = practice;
    const code = qrElement();
    code.show(qr);
    const last = step === 'running' && point === points - 1;
    return [
      h('div.words', { 'aria-live': 'polite' },
        h('h1', null, t(`practice.step_${step}`, { n: point + 1 })),
        h('p', null, t(`practice.do_${step}`, { n: practice.counted ?? arrivals.length }))),
      h('div.try', null,
        code.element,
        h('div', null,
          h('p.card', null, h('b', null, t('practice.card', { letter: card })), h('span', null, t(`practice.holder_${card}`))),
          h('p.note', null, t('practice.photo')),
          h('button.main', { type: 'button', 'data-act': 'practice_card' }, icon('card'), h('span', null, t('practice.try'))),
          h('button', { type: 'button', 'data-act': 'practice_other' }, h('span', null, t('practice.other'))))),
      h('div.go', null,
        h('button.hosting', { type: 'button' }, h('span', null, t('practice.host_panel'))),
        h('button', { type: 'button', 'data-act': 'practice_back', disabled: step === 'check_in' ? '' : null }, icon('back'), h('span', null, t('practice.previous'))),
        h('button.next', { type: 'button', 'data-act': 'practice_next' }, h('span', null, t(`practice.next_${last ? 'last' : step}`)), icon('go'))),
    ];
  }
}
