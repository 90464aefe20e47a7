/** Builds an element: tag with optional classes ("p.caption.one-line"), attributes, children (nodes, strings, null). */
export function h(spec, attributes, ...children) {
  const [tag, ...classes] = spec.split('.');
  const element = document.createElement(tag);
  if (classes.length > 0) {
    element.className = classes.join(' ');
  }
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

export function svg(viewBox, ...paths) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  element.setAttribute('viewBox', viewBox);
  for (const attributes of paths) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', attributes.tag ?? 'path');
    for (const [name, value] of Object.entries(attributes)) {
      if (name !== 'tag') {
        path.setAttribute(name, value);
      }
    }
    element.append(path);
  }
  return element;
}

export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** Rebuilds a screen only when what it shows has changed. */
export class Screen {
  #key = null;

  constructor(id, build) {
    this.element = document.getElementById(id);
    this.build = build;
  }

  get shown() {
    return !this.element.hidden;
  }

  /** Shows the screen for a value, or hides it for null. True when it was built anew. */
  show(value, key = JSON.stringify(value)) {
    const hidden = value === null || value === undefined;
    if (hidden ? this.#key === null : this.#key === key) {
      return false;
    }
    this.#key = hidden ? null : key;
    this.element.replaceChildren(...(hidden ? [] : this.build(value, this.element)));
    this.element.hidden = hidden;
    return !hidden;
  }
}
