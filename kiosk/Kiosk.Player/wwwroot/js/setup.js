import { h, Screen } from './dom.js';
import { knows, t, time } from './texts.js';
import { qrElement } from './qr.js';

/** What only the person who sets the screen up sees: pairing and refusals. */
export class Setup {
  #pairing = new Screen('pairing', ({ view, qr }) => this.#buildPairing(view, qr));
  #refusal = new Screen('refusal', ({ code, detail }) => this.#buildRefusal(code, detail));

  show(view, qr) {
    const pairing = view.pairing ?? null;
    this.#pairing.show(pairing && { view, qr }, pairing && JSON.stringify([pairing, view.hubReachable, view.language]));
    const refusal = view.refusal ?? null;
    this.#refusal.show(refusal, refusal && JSON.stringify([refusal, view.language]));
  }

  get covers() {
    return this.#pairing.shown || this.#refusal.shown;
  }

  #buildPairing({ pairing, hubReachable }, qr) {
    const foot = h('p.foot.one-line', null, `${t('pairing.hub')}　${pairing.hubAddress}`);
    const again = pairing.reason === 'none' ? null : `pairing.${pairing.reason}`;
    const title = h('h1', null, t(again ?? 'pairing.title'));
    if (!pairing.code) {
      return [title, h('p.wait', null, t(hubReachable ? 'pairing.waiting' : 'pairing.unreachable')), foot];
    }
    const code = qrElement();
    code.show(qr);
    const steps = [1, 2, 3].map((n) => h('li', null, h('b', null, `${n}`), h('span', null, t(`pairing.step${n}`))));
    return [
      title,
      h('div', null,
        again ? h('p.again', null, t(`${again}_do`)) : null,
        h('ol.steps', null, steps),
        h('p.code', null, pairing.code.replace(/^(\w{4})(\w{4})$/, '$1-$2')),
        pairing.expiresAt ? h('p.caption', null, t('pairing.until', { time: time(new Date(pairing.expiresAt)) })) : null),
      qr ? code.element : null,
      foot,
    ].filter(Boolean);
  }

  #buildRefusal(code, detail) {
    const key = knows(`refusal.${code}`) ? code : 'other';
    return [
      h('h1', null, t('refusal.title')),
      h('div.body', null,
        h('p.why', null, t(`refusal.${key}`)),
        h('p.do', null, t(`refusal.${key}.do`)),
        detail ? h('p.detail.clamp', null, detail) : null),
      h('p.foot', null, `${t('refusal.code')}　${code}`),
    ];
  }
}
