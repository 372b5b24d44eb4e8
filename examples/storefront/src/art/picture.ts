// A product's picture. Until it is there, and if it never comes, what is sold is drawn.
import { el, markup } from '../dom';
import type { Card, Choice, Picture } from '../api/types';
import { ANY, SHAPES } from './shapes';
import { accent, ground, named, tones } from './tones';

export type Drawn = Pick<Card, 'handle' | 'title' | 'productType' | 'options'>;

interface Wish {
  /** What was chosen: a color among it colors the drawing. */
  choices?: Choice[];
  /** Load it at once: it is what the page is about. */
  isFirst?: boolean;
  sizes?: string;
}

/** Swatches that the merchant has set come before the colors that we know by name. */
function color(product: Drawn, choices: Choice[]): string {
  const first = product.options.map(({ name, optionValues }) => ({ name, value: optionValues[0]?.name ?? '' }));
  for (const { name, value } of [...choices, ...first]) {
    const option = product.options.find((known) => known.name === name);
    const swatch = option?.optionValues.find((known) => known.name === value)?.swatch?.color;
    const found = swatch ?? named(value);
    if (found) return found;
  }
  return accent(product.handle);
}

export function drawing(product: Drawn, choices: Choice[] = []): HTMLElement {
  const [, shape = ANY] =
    SHAPES.find(([words]) => words.test(product.title)) ??
    SHAPES.find(([words]) => words.test(product.productType)) ??
    [];
  const inside = shape(tones(color(product, choices)));
  const shadow = '<ellipse cx="50" cy="88" rx="30" ry="3.4" fill="rgb(40 30 20 / 10%)"/>';
  const svg = `<svg viewBox="0 0 100 100" aria-hidden="true">${shadow}${inside}</svg>`;
  return markup('span', { class: 'drawing', style: `--ground: ${ground(product.handle)}` }, svg);
}

const WIDTHS = [200, 400, 800, 1200];

/** The address of a picture that is so wide. */
export function sized(url: string, width: number): string {
  const address = new URL(url);
  address.searchParams.set('width', String(width));
  return address.href;
}

export function picture(product: Drawn, image: Picture | null, wish: Wish = {}): HTMLElement {
  const { choices = [], isFirst = false, sizes = '(min-width: 60rem) 25vw, 50vw' } = wish;
  const alt = image?.altText ?? product.title;
  const frame = el('span', { class: 'picture' }, drawing(product, choices));
  if (!image) {
    frame.setAttribute('role', 'img');
    frame.setAttribute('aria-label', alt);
    return frame;
  }
  const img = el('img', {
    alt,
    sizes,
    decoding: 'async',
    loading: isFirst ? 'eager' : 'lazy',
    fetchpriority: isFirst ? 'high' : 'auto',
    onload: () => frame.classList.add('loaded'),
    onerror: () => {
      img.remove();
      frame.setAttribute('role', 'img');
      frame.setAttribute('aria-label', alt);
    },
  });
  frame.append(img);
  img.srcset = WIDTHS.map((width) => `${sized(image.url, width)} ${width}w`).join(', ');
  img.src = sized(image.url, 800);
  return frame;
}
