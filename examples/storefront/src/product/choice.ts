// Which variant a buyer's choices mean.
import type { Choice, Product, Variant } from '../api/types';

/** For every value of an option: the variant that it leads to, with the other choices kept if there is such a one. */
export interface Offer {
  value: string;
  color: string | null;
  isChosen: boolean;
  /** None if no variant has this value at all. */
  variant?: Variant;
}

const valueOf = (variant: Variant, option: string) =>
  variant.selectedOptions.find(({ name }) => name === option)?.value;

/** The variant that an address names, else the first that can be bought, else the first. */
export function first(product: Product, search: URLSearchParams): Variant | undefined {
  const { nodes } = product.variants;
  const isNamed = (variant: Variant) => variant.selectedOptions.every(({ name, value }) => search.get(name) === value);
  return nodes.find(isNamed) ?? nodes.find((variant) => variant.availableForSale) ?? nodes[0];
}

function agreement(variant: Variant, choices: Choice[]): number {
  const kept = choices.filter(({ name, value }) => valueOf(variant, name) === value).length;
  return kept * 2 + (variant.availableForSale ? 1 : 0);
}

/** The offers of one option beside what is chosen. */
export function offers(product: Product, option: string, chosen: Variant): Offer[] {
  const values = product.options.find(({ name }) => name === option)?.optionValues ?? [];
  const others = chosen.selectedOptions.filter(({ name }) => name !== option);
  return values.map(({ name: value, swatch }) => {
    const possible = product.variants.nodes.filter((variant) => valueOf(variant, option) === value);
    const [variant] = possible.sort((one, other) => agreement(other, others) - agreement(one, others));
    return { value, color: swatch?.color ?? null, isChosen: valueOf(chosen, option) === value, variant };
  });
}

/** A product without choices has one option with one value, which nobody needs to see. */
export const hasChoices = (product: Product): boolean =>
  product.options.some(({ optionValues }) => optionValues.length > 1) || product.variants.nodes.length > 1;

/** The address of a product with this variant chosen. */
export function address(product: Product, variant: Variant): string {
  const choices = new URLSearchParams(variant.selectedOptions.map(({ name, value }) => [name, value]));
  return hasChoices(product) ? `/products/${product.handle}?${choices}` : `/products/${product.handle}`;
}
