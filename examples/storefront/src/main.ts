// Starts the store: which page an address shows, and what happens while it is on its way.
import '@fontsource-variable/fraunces/index.css';
import '@fontsource-variable/inter/index.css';
import './style/base.css';
import './style/frame.css';
import './style/goods.css';
import './style/product.css';
import './style/cart.css';
import './style/account.css';

import { accountPage } from './account/page';
import { connect } from './api/client';
import { close } from './cart/drawer';
import { restore } from './cart/store';
import { el } from './dom';
import { frame, main, mark } from './frame';
import { collectionPage } from './pages/collection';
import { home } from './pages/home';
import { broken, missing } from './pages/missing';
import type { Shown } from './pages/page';
import { searchPage } from './pages/search';
import { gridToCome } from './product/card';
import { productPage } from './product/page';
import { start, type Address } from './route';
import { settings } from './settings';

type Page = (address: Address) => Shown | Promise<Shown>;

const PAGES: [RegExp, Page][] = [
  [/^\/$/, home],
  [/^\/collections\/[^/]+\/?$/, collectionPage],
  [/^\/products\/[^/]+\/?$/, productPage],
  [/^\/search\/?$/, searchPage],
  [/^\/account\/?$/, accountPage],
];

/** After this long without an answer the reader is shown that something comes, in milliseconds. */
const SOON = 120;

let wanted: Address;

async function show(address: Address, isNew: boolean): Promise<void> {
  wanted = address;
  close();
  mark(address.path);
  const waiting = setTimeout(() => wanted === address && main.replaceChildren(toCome()), SOON);
  const page = PAGES.find(([path]) => path.test(address.path))?.[1] ?? missing;
  const shown = await Promise.resolve(page(address)).catch(broken);
  clearTimeout(waiting);
  // Whoever has gone on meanwhile does not want it any more.
  if (wanted !== address) return;
  document.title = shown.title;
  main.replaceChildren(shown.body);
  if (isNew) main.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
}

const toCome = () => el('div', { role: 'status' }, el('span', { class: 'hidden' }, 'Loading'), gridToCome(8));

async function begin(): Promise<void> {
  connect(await settings());
  document.querySelector('#app')?.replaceWith(frame());
  start((address, isNew) => void show(address, isNew));
  await restore();
}

begin().catch((error: Error) => {
  document.body.append(broken(error).body);
});
