// Products page by page, more of them when they are wanted.
import type { Card, Page } from '../api/types';
import { announce, el } from '../dom';
import { card, grid } from '../product/card';

export type More = (after: string) => Promise<Page<Card>>;

export function list(start: Page<Card>, more: More): HTMLElement {
  const products = grid(start.nodes, 4);
  let { pageInfo } = start;
  const button = el(
    'button',
    { class: 'button pale', type: 'button', onclick: load, hidden: !pageInfo.hasNextPage },
    'Show more',
  );

  async function load(): Promise<void> {
    button.disabled = true;
    try {
      const page = await more(pageInfo.endCursor ?? '');
      const cards = page.nodes.map((product) => card(product));
      products.append(...cards);
      announce(`${cards.length} more products`);
      cards[0]?.querySelector('a')?.focus({ preventScroll: true });
      pageInfo = page.pageInfo;
      button.hidden = !pageInfo.hasNextPage;
    } catch (error) {
      announce((error as Error).message);
    } finally {
      button.disabled = false;
    }
  }

  return el('div', { class: 'list' }, products, button);
}
