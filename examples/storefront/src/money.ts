// Prices as people read them.
import { el } from './dom';
import type { Card, Money } from './api/types';

export function price({ amount, currencyCode }: Money): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: currencyCode });
  return format.format(Number(amount));
}

/** A price and, crossed out, what it was before. */
export function tag(now: Money, before?: Money | null, prefix = ''): HTMLElement {
  const isReduced = before && Number(before.amount) > Number(now.amount);
  return el(
    'span',
    { class: isReduced ? 'price reduced' : 'price' },
    el('span', {}, isReduced && el('span', { class: 'hidden' }, 'Now '), prefix, price(now)),
    isReduced && el('s', {}, el('span', { class: 'hidden' }, 'before '), price(before)),
  );
}

/** The price of a product with many variants. */
export function range({ priceRange, compareAtPriceRange }: Card): HTMLElement {
  const { minVariantPrice: least, maxVariantPrice: most } = priceRange;
  const isOne = least.amount === most.amount;
  return tag(least, isOne ? compareAtPriceRange.maxVariantPrice : null, isOne ? '' : 'from ');
}
