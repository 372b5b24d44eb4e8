// Elements, made in one expression. Text is text: nothing that a store says becomes markup unless it is asked for by name.

type Child = Node | string | number | false | null | undefined;
type Listener = (event: Event) => void;
type Attributes = Record<string, string | number | boolean | null | undefined | Listener>;

export function el<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: (Child | Child[])[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, '');
    else if (value !== false && value != null) element.setAttribute(key, String(value));
  }
  for (const child of children.flat()) {
    if (child !== false && child != null) element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

/** Markup that we trust: our own, or descriptions that the store has already cleaned. */
export function markup<Name extends keyof HTMLElementTagNameMap>(name: Name, attributes: Attributes, html: string) {
  const element = el(name, attributes);
  element.innerHTML = html;
  return element;
}

const announcer = el('p', { class: 'hidden', role: 'status', 'aria-live': 'polite' });

/** The place from which `announce` speaks. */
export const voice = (): HTMLElement => announcer;

/** Tells those who do not see the page what has happened. */
export function announce(text: string): void {
  announcer.textContent = '';
  requestAnimationFrame(() => (announcer.textContent = text));
}
