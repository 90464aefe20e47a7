import { icon } from './icons.js';
import { h, Screen, svg } from './dom.js';
import { knows, t } from './texts.js';
import * as voice from './voice.js';
import { now } from './clock.js';
import * as sounds from './sounds.js';

const stroke = { fill: 'none', stroke: 'currentColor', 'stroke-width': 5, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' };

const marks = {
  yes: () => svg('0 0 80 80', { tag: 'circle', cx: 40, cy: 40, r: 36, ...stroke }, { d: 'm23 41 12 12 23-25', ...stroke, 'stroke-width': 6 }),
  no: () => svg('0 0 80 80', { tag: 'circle', cx: 40, cy: 40, r: 36, ...stroke }, { d: 'M40 21v24', ...stroke, 'stroke-width': 6 }, { tag: 'circle', cx: 40, cy: 57, r: 4, fill: 'currentColor' }),
};

export const outcomeText = (outcome, part) => {
  const key = `outcome.${outcome}.${part}`;
  return t(knows(key) ? key : `outcome.other.${part}`);
};

/** A card names no meeting: where none is open it has not come to the wrong one. */
const codeOf = ({ outcome }) => (outcome === 'wrong_meeting' ? 'no_meeting' : outcome ?? 'other');

/** Not simply done: refused, or kept for the host to see. */
const waits = ({ kind }) => kind === 'refused' || kind === 'noted';

/** The answer to a card: the whole screen for three seconds, at once replaced by the next card's. */
export class CheckIn {
  #screen = new Screen('checkin', (result, element) => this.#build(result, element));
  #shownId = null;
  #timer = 0;

  show(result, language) {
    if (!result || result.kind === 'only_asked' || result.id === this.#shownId) {
      return;
    }
    const left = Date.parse(result.until) - now();
    if (left <= 0) {
      return;
    }
    this.#shownId = result.id;
    clearTimeout(this.#timer);
    this.#screen.show(result, result.id + language);
    (waits(result) ? sounds.refused : sounds.done)();
    voice.say(voice.lineOf({ ...result, outcome: codeOf(result) }), language);
    this.#announce();
    this.#timer = setTimeout(() => this.#screen.show(null), Math.min(left, 5000));
  }

  /** The player itself could not take the card. */
  failed(language) {
    const until = new Date(now() + 3000).toISOString();
    this.show({ id: crypto.randomUUID(), kind: 'refused', outcome: 'journal_failed', late: false, until }, language);
  }

  /** Said once to those who listen instead of looking. */
  #announce() {
    const words = [...this.#screen.element.querySelectorAll('.who, h1, .points, .tag, .line, .practice')].map((element) => element.textContent);
    document.getElementById('live').textContent = words.join('\n');
  }

  #build(result, element) {
    const refused = waits(result);
    element.className = refused ? 'refused' : 'done';
    const mark = (refused ? marks.no : marks.yes)();
    mark.classList.add('mark');
    const who = result.maskedName ?? (result.practiceCard ? t(`practice.holder_${result.practiceCard}`) : null);
    const name = who ? h('p.who.one-line', null, who) : null;
    const practice = result.practiceCard ? h('p.practice', null, t('checkin.practice')) : null;
    if (refused) {
      const code = codeOf(result);
      return [
        mark, name, h('h1.clamp', null, outcomeText(code, result.kind === 'noted' ? 'noted' : 'why')), h('p.line.clamp', null, outcomeText(code, result.kind === 'noted' ? 'noted_do' : 'do')),
        practice ?? h('p.hint', null, t('checkin.hint')),
      ].filter(Boolean);
    }
    const points = result.pointsGranted ?? 0;
    return [
      mark,
      name,
      h('h1.clamp', null, t({ done: 'checkin.done', saved_offline: 'checkin.saved', already_done: 'checkin.already', left: 'checkin.left', taken_back: 'checkin.taken_back' }[result.kind])),
      result.late ? h('p.tag', null, t('checkin.late')) : null,
      points > 0 ? h('p.points', null, t(points === 1 ? 'checkin.points_one' : 'checkin.points', { n: points })) : null,
      h('p.line', null, { already_done: () => outcomeText(result.outcome === 'seen_elsewhere' ? result.outcome : 'already_checked_in', 'do'), left: () => t('checkin.left_line'), taken_back: () => t('checkin.taken_back_line') }[result.kind]?.() ?? t('checkin.welcome')),
      practice ?? h('div.buttons', null,
        result.kind === 'taken_back' ? null : h('button.mine', { type: 'button', 'data-act': 'mine', 'data-id': result.id }, icon('points'), h('span', null, t('checkin.mine'))),
        result.recordId ? h('button.undo', { type: 'button', 'data-act': 'undo', 'data-id': result.recordId }, h('span', null, t('checkin.undo'))) : null),
    ].filter(Boolean);
  }
}
