// What surrounds every page: name, collections, search, cart.
import { look } from './api/client';
import { FRAME } from './api/documents';
import type { Collection } from './api/types';
import { drawerOf, open } from './cart/drawer';
import { watch } from './cart/store';
import { el, voice } from './dom';
import { go } from './route';

interface Answer {
  shop: { name: string };
  collections: { nodes: Collection[] };
}

export const main = el('main', { id: 'main', tabindex: -1 });
const name = el('a', { class: 'brand', href: '/' }, 'Store');
const collections = el('ul', {});
const words = el('input', {
  type: 'search',
  name: 'q',
  placeholder: 'Search',
  'aria-label': 'Search',
  autocomplete: 'off',
  required: true,
});

/** Puts the frame around the page; names come as soon as the store has told them. */
export function frame(): HTMLElement {
  void look<Answer>(FRAME).then(fill, () => {});
  return el(
    'div',
    { class: 'frame' },
    el('a', { class: 'skip', href: '#main', onclick: () => main.focus() }, 'Skip to the content'),
    el(
      'header',
      { class: 'head' },
      name,
      el('nav', { 'aria-label': 'Collections' }, collections),
      search(),
      el('a', { class: 'account-link', href: '/account' }, 'Account'),
      cart(),
    ),
    main,
    el('footer', { class: 'foot' }, el('p', {}, 'Prices contain taxes. Made with the Storefront API of mcom.')),
    drawerOf(),
    voice(),
  );
}

/** Where the reader is, for the navigation. */
export function mark(path: string): void {
  for (const link of collections.querySelectorAll('a')) {
    if (link.pathname === path) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}

function fill({ shop, collections: known }: Answer): void {
  name.textContent = shop.name;
  collections.replaceChildren(
    ...known.nodes.map(({ handle, title }) => el('li', {}, el('a', { href: `/collections/${handle}` }, title))),
  );
  mark(location.pathname);
}

function search(): HTMLElement {
  const find = (event: Event) => {
    event.preventDefault();
    go(`/search?q=${encodeURIComponent(words.value.trim())}`);
  };
  return el('form', { class: 'search', role: 'search', action: '/search', onsubmit: find }, words);
}

function cart(): HTMLElement {
  const count = el('span', { class: 'count' }, 0);
  const button = el(
    'button',
    { class: 'cart-button', type: 'button', 'aria-haspopup': 'dialog', onclick: () => open() },
    'Cart ',
    count,
  );
  watch((cart) => {
    const quantity = cart?.totalQuantity ?? 0;
    count.textContent = String(quantity);
    button.setAttribute('aria-label', `Cart, ${quantity} ${quantity === 1 ? 'thing' : 'things'}`);
  });
  return button;
}
