// Radio buttons for a product's options: usable with arrow keys, and readable without seeing.
import { named } from '../art/tones';
import { el } from '../dom';
import type { Product, Variant } from '../api/types';
import { hasChoices, offers, type Offer } from './choice';

export function picker(product: Product, chosen: Variant, choose: (variant: Variant) => void): HTMLElement {
  const groups = hasChoices(product) ? product.options.map(({ name }) => group(product, name, chosen, choose)) : [];
  return el('div', { class: 'picker' }, groups);
}

function group(product: Product, option: string, chosen: Variant, choose: (variant: Variant) => void): HTMLElement {
  const all = offers(product, option, chosen);
  const now = all.find((offer) => offer.isChosen)?.value;
  const isColored = all.every((offer) => offer.color ?? named(offer.value));
  return el(
    'fieldset',
    { class: isColored ? 'colored' : '' },
    el('legend', {}, `${option} `, el('span', { class: 'quiet' }, now)),
    all.map((offer) => radio(option, offer, isColored, choose)),
  );
}

function radio(option: string, offer: Offer, isColored: boolean, choose: (variant: Variant) => void): HTMLElement {
  const { value, variant, isChosen } = offer;
  const isGone = !variant?.availableForSale;
  return el(
    'label',
    {
      class: isGone ? 'choice gone' : 'choice',
      title: isColored ? value : null,
      style: isColored ? `--color: ${offer.color ?? named(value)}` : null,
    },
    el('input', {
      type: 'radio',
      name: option,
      value,
      checked: isChosen,
      disabled: !variant,
      onchange: () => variant && choose(variant),
    }),
    el('span', { class: isColored ? 'hidden' : '' }, value),
    isGone && el('span', { class: 'hidden' }, ', sold out'),
  );
}
