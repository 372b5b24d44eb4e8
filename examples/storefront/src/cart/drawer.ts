// The cart at the side of every page.
import { announce, el } from '../dom';
import { picture } from '../art/picture';
import { price } from '../money';
import type { Cart, CartLine } from '../api/types';
import { remove, update, watch } from './store';

const problem = el('p', { class: 'problem', role: 'alert' });
const lines = el('ul', { class: 'lines' });
const foot = el('footer', { class: 'drawer-foot' });
const drawer = el(
  'dialog',
  { class: 'drawer', id: 'cart', 'aria-labelledby': 'cart-title', onclick: leave },
  el(
    'div',
    { class: 'drawer-inside' },
    el(
      'header',
      { class: 'drawer-head' },
      el('h2', { id: 'cart-title' }, 'Your cart'),
      el(
        'button',
        { class: 'plain', type: 'button', 'aria-label': 'Close the cart', onclick: () => drawer.close() },
        '×',
      ),
    ),
    problem,
    lines,
    foot,
  ),
);

export function drawerOf(): HTMLElement {
  watch(show);
  return drawer;
}

/** Opens the cart, with what the store has to say about it. */
export function open(said = ''): void {
  problem.textContent = said;
  if (!drawer.open) drawer.showModal();
}

export const close = (): void => drawer.close();

/** A click beside the drawer, or on a link in it, leaves it. */
function leave(event: Event): void {
  if (event.target === drawer || (event.target as Element).closest('a[href^="/"]')) drawer.close();
}

async function changed(change: Promise<string>, told: string): Promise<void> {
  drawer.setAttribute('aria-busy', 'true');
  problem.textContent = '';
  try {
    problem.textContent = await change;
    announce(told);
  } catch (error) {
    problem.textContent = (error as Error).message;
  } finally {
    drawer.removeAttribute('aria-busy');
  }
}

function show(cart: Cart | null): void {
  const isEmpty = !cart?.lines.nodes.length;
  // Whoever presses a button twice finds it in the same place.
  const focused = (document.activeElement as HTMLElement | null)?.dataset.key;
  lines.replaceChildren(...(cart?.lines.nodes ?? []).map(shown));
  foot.replaceChildren(
    ...(isEmpty
      ? [
          el('p', { class: 'quiet' }, 'Nothing in it yet.'),
          el('a', { class: 'button', href: '/collections/staff-picks' }, 'See what we like'),
        ]
      : [
          el('p', { class: 'total' }, el('span', {}, 'Subtotal'), el('strong', {}, price(cart.cost.subtotalAmount))),
          el('p', { class: 'quiet' }, 'Prices contain taxes. Shipping is added at checkout.'),
          el('a', { class: 'button wide', href: cart.checkoutUrl }, 'Check out'),
        ]),
  );
  if (focused) lines.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function shown(line: CartLine): HTMLElement {
  const { merchandise: variant, quantity } = line;
  const { product } = variant;
  const choices = variant.title === 'Default Title' ? '' : variant.title;
  const name = choices ? `${product.title}, ${choices}` : product.title;
  const step = (sign: string, by: number, label: string) =>
    el(
      'button',
      {
        type: 'button',
        'aria-label': `${label} ${name}`,
        'data-key': `${sign}${line.id}`,
        onclick: () =>
          quantity + by > 0
            ? changed(update(line.id, quantity + by), `${quantity + by} × ${name}`)
            : changed(remove(line.id), `${name} removed`),
      },
      sign,
    );
  return el(
    'li',
    { class: 'line' },
    el(
      'a',
      { href: `/products/${product.handle}`, tabindex: -1, 'aria-hidden': 'true' },
      picture(product, variant.image, { choices: variant.selectedOptions, sizes: '6rem' }),
    ),
    el(
      'div',
      {},
      el('a', { class: 'line-title', href: `/products/${product.handle}` }, product.title),
      choices && el('p', { class: 'quiet' }, choices),
      el(
        'div',
        { class: 'stepper', role: 'group', 'aria-label': `Quantity of ${name}` },
        step('−', -1, 'One less of'),
        el('output', {}, quantity),
        step('+', 1, 'One more of'),
      ),
    ),
    el(
      'div',
      { class: 'line-end' },
      el('span', {}, price(line.cost.totalAmount)),
      el(
        'button',
        {
          class: 'plain small',
          type: 'button',
          'aria-label': `Remove ${name}`,
          onclick: () => changed(remove(line.id), `${name} removed`),
        },
        'Remove',
      ),
    ),
  );
}
