// The first page.
import { look } from '../api/client';
import { FRAME, HOME } from '../api/documents';
import type { Card, Collection } from '../api/types';
import { picture, sized } from '../art/picture';
import { el } from '../dom';
import { grid } from '../product/card';
import type { Shown } from './page';

interface Frame {
  shop: { name: string };
  collections: { nodes: Collection[] };
}

interface Home {
  collection: { products: { nodes: Card[] } } | null;
  products: { nodes: Card[] };
}

export async function home(): Promise<Shown> {
  const [{ shop, collections }, { collection, products }] = await Promise.all([look<Frame>(FRAME), look<Home>(HOME)]);
  const picks = collection?.products.nodes.length ? collection.products.nodes : products.nodes;
  return {
    title: shop.name,
    body: el(
      'div',
      {},
      hero([...picks.slice(0, 1), ...products.nodes.slice(1, 3)]),
      shelf('Our favourites', picks.slice(0, 4), 4),
      el('section', { class: 'tiles', 'aria-label': 'Collections' }, collections.nodes.slice(0, 3).map(tile)),
      collection && shelf('New here', products.nodes.slice(3, 7), 0),
    ),
  };
}

function hero(products: Card[]): HTMLElement {
  const shown = products.map((product) =>
    el(
      'a',
      { href: `/products/${product.handle}`, 'aria-label': product.title },
      picture(product, product.featuredImage, { isFirst: true, sizes: '(min-width: 60rem) 30vw, 50vw' }),
    ),
  );
  return el(
    'section',
    { class: 'hero' },
    el(
      'div',
      {},
      el('p', { class: 'over' }, 'Made well, used daily'),
      el('h1', { tabindex: -1 }, 'Good things for ordinary days'),
      el('p', { class: 'lead' }, 'Clothes, things for the house and good food, from small makers we know by name.'),
      el('a', { class: 'button', href: '/collections/staff-picks' }, 'Look around'),
    ),
    el('div', { class: 'hero-art' }, shown),
  );
}

const shelf = (title: string, products: Card[], first: number): HTMLElement =>
  el('section', { class: 'shelf' }, el('h2', {}, title), grid(products, first));

const tile = ({ handle, title, description, image }: Collection): HTMLElement =>
  el(
    'a',
    { class: 'tile', href: `/collections/${handle}` },
    image && el('img', { alt: '', loading: 'lazy', src: sized(image.url, 800) }),
    el('h2', {}, title),
    el('p', {}, description),
    el('span', { 'aria-hidden': 'true' }, '→'),
  );
