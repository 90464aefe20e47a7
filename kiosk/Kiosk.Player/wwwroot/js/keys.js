/**
 * A keyboard for those who cannot touch. A scanner types as well: only keys that stand alone come here (see wedge.js).
 * Tab and arrows go from button to button, Enter and space press, Escape goes back; with nothing open they open the first page.
 */
export class Keys {
  #touch;
  #act;

  constructor(touch, act) {
    this.#touch = touch;
    this.#act = act;
    addEventListener('pointerdown', () => document.documentElement.classList.remove('keys'));
  }

  press({ key, shiftKey }) {
    document.documentElement.classList.add('keys');
    const open = [...document.querySelectorAll('#idle:not([hidden]), #checkin:not([hidden]), #practice:not([hidden]), #touch:not([hidden])')]
      .sort((a, b) => Number(getComputedStyle(b).zIndex) - Number(getComputedStyle(a).zIndex))[0];
    const buttons = open ? [...open.querySelectorAll('button:not(:disabled)')].filter((button) => button.getClientRects().length > 0 && getComputedStyle(button).visibility === 'visible') : [];
    if (key === 'Escape') {
      this.#touch.back();
    } else if (buttons.length === 0) {
      if (!open) {
        this.#act({ kind: 'open' });
      }
    } else if (key === 'Enter' || key === ' ') {
      const focused = buttons.find((button) => button === document.activeElement);
      focused ? focused.click() : buttons[0].focus();
    } else {
      const back = shiftKey || key === 'ArrowUp' || key === 'ArrowLeft';
      const at = buttons.indexOf(document.activeElement);
      const next = at < 0 ? (back ? buttons.length - 1 : 0) : (at + (back ? -1 : 1) + buttons.length) % buttons.length;
      buttons[next].focus();
      buttons[next].scrollIntoView({ block: 'nearest' });
    }
    this.#touch.stay();
  }
}
