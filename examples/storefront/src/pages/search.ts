// What was found.
import { look } from '../api/client';
import { SEARCH } from '../api/documents';
import type { Card, Page } from '../api/types';
import { announce, el } from '../dom';
import type { Address } from '../route';
import { list } from './list';
import type { Shown } from './page';

interface Answer {
  search: Page<Card> & { totalCount: number };
}

export async function searchPage({ search }: Address): Promise<Shown> {
  const words = (search.get('q') ?? '').trim();
  const page = async (after?: string) => (await look<Answer>(SEARCH, { words, after })).search;
  const found = await page();
  const told = `${found.totalCount} ${found.totalCount === 1 ? 'thing' : 'things'} for “${words}”`;
  announce(told);
  return {
    title: `Search: ${words}`,
    body: el(
      'section',
      {},
      el(
        'header',
        { class: 'page-head' },
        el('h1', { tabindex: -1 }, found.totalCount ? told : `Nothing for “${words}”`),
      ),
      found.totalCount
        ? list(found, page)
        : el(
            'p',
            { class: 'lead' },
            'Try fewer or other words, or look through ',
            el('a', { href: '/collections/staff-picks' }, 'what we like'),
            '.',
          ),
    ),
  };
}
