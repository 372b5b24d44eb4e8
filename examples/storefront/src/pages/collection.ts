// The products of a collection, in the order that a buyer wants.
import { look } from '../api/client';
import { COLLECTION } from '../api/documents';
import type { Card, Collection, Page } from '../api/types';
import { el } from '../dom';
import { go, type Address } from '../route';
import { list } from './list';
import { missing } from './missing';
import type { Shown } from './page';

interface Answer {
  collection: (Collection & { products: Page<Card> }) | null;
}

const ORDERS: Record<string, { name: string; sort: string; reverse: boolean }> = {
  '': { name: 'Featured', sort: 'COLLECTION_DEFAULT', reverse: false },
  cheap: { name: 'Price, low to high', sort: 'PRICE', reverse: false },
  dear: { name: 'Price, high to low', sort: 'PRICE', reverse: true },
  new: { name: 'Newest first', sort: 'CREATED', reverse: true },
  title: { name: 'From A to Z', sort: 'TITLE', reverse: false },
};

export async function collectionPage({ path, search }: Address): Promise<Shown> {
  const handle = decodeURIComponent(path.split('/')[2] ?? '');
  const wanted = search.get('sort') ?? '';
  const { sort, reverse } = ORDERS[wanted] ?? ORDERS['']!;
  const page = (after?: string) => look<Answer>(COLLECTION, { handle, sort, reverse, after });
  const { collection } = await page();
  if (!collection) return missing();
  const more = async (after: string): Promise<Page<Card>> => {
    const products = (await page(after)).collection?.products;
    if (!products) throw new Error('The collection is gone');
    return products;
  };
  return {
    title: collection.title,
    body: el(
      'section',
      {},
      el(
        'header',
        { class: 'page-head' },
        el('div', {}, el('h1', { tabindex: -1 }, collection.title), el('p', { class: 'lead' }, collection.description)),
        order(path, wanted),
      ),
      list(collection.products, more),
    ),
  };
}

function order(path: string, wanted: string): HTMLElement {
  const select = el(
    'select',
    { onchange: () => go(select.value ? `${path}?sort=${select.value}` : path) },
    Object.entries(ORDERS).map(([value, { name }]) => el('option', { value, selected: value === wanted }, name)),
  );
  return el('label', { class: 'order' }, 'Sort by ', select);
}
