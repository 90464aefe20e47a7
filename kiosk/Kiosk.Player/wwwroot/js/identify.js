import { h, Screen } from './dom.js';
import { t } from './texts.js';

/** Which screen this is, for somebody who stands before several. */
export class Identify {
  #screen = new Screen('identify', ({ identify }) => this.#build(identify));

  show(view) {
    const { identify } = view;
    this.#screen.show(identify && view, identify && JSON.stringify([identify, view.language]));
  }

  #build({ name, number, hubAddress, addresses }) {
    const fact = (label, value) => h('p', null, h('span', null, label), h('b', null, value));
    return [h('div.card', null,
      h('p.here', null, t('identify.here')),
      number ? h('p.number', null, `${number}`) : null,
      h('h1.clamp', null, name ?? t('identify.unnamed')),
      h('div.where', null,
        addresses.length > 0 ? fact(t('identify.address'), addresses.join('　')) : null,
        fact(t('pairing.hub'), hubAddress)))];
  }
}
