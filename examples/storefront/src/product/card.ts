// A product in a list.
import { picture } from '../art/picture';
import { named } from '../art/tones';
import { el } from '../dom';
import { range } from '../money';
import type { Card } from '../api/types';

const SHOWN = 5;

function colors(product: Card): HTMLElement | null {
  const option = product.options.find(
    ({ optionValues }) =>
      optionValues.length > 1 && optionValues.every((value) => value.swatch?.color ?? named(value.name)),
  );
  if (!option) return null;
  const dots = option.optionValues
    .slice(0, SHOWN)
    .map((value) => el('i', { style: `--color: ${value.swatch?.color ?? named(value.name)}` }));
  const more = option.optionValues.length - SHOWN;
  return el(
    'span',
    { class: 'dots' },
    el('span', { class: 'hidden' }, `In ${option.optionValues.length} colors`),
    dots,
    more > 0 && ` +${more}`,
  );
}

export function card(product: Card, isFirst = false): HTMLElement {
  const { minVariantPrice: price, maxVariantPrice: most } = product.priceRange;
  const isReduced =
    price.amount === most.amount && Number(product.compareAtPriceRange.maxVariantPrice.amount) > Number(price.amount);
  return el(
    'li',
    {},
    el(
      'a',
      { class: 'card', href: `/products/${product.handle}` },
      picture(product, product.featuredImage, { isFirst }),
      !product.availableForSale
        ? el('span', { class: 'badge' }, 'Sold out')
        : isReduced && el('span', { class: 'badge sale' }, 'Sale'),
      el('span', { class: 'card-head' }, el('span', { class: 'card-title' }, product.title), range(product)),
      el('span', { class: 'card-foot' }, el('span', { class: 'quiet' }, product.vendor), colors(product)),
    ),
  );
}

export const grid = (products: Card[], first = 0): HTMLElement =>
  el(
    'ul',
    { class: 'grid' },
    products.map((product, index) => card(product, index < first)),
  );

/** What stands there until products are. */
export const gridToCome = (count: number): HTMLElement =>
  el(
    'ul',
    { class: 'grid', 'aria-hidden': 'true' },
    Array.from({ length: count }, () =>
      el('li', {}, el('span', { class: 'card to-come' }, el('span', { class: 'picture' }))),
    ),
  );
