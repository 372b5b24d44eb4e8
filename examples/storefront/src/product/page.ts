// One product: pictures, choices, price, and the button.
import { look } from '../api/client';
import { PRODUCT, RECOMMENDED } from '../api/documents';
import type { Card, Product, Variant } from '../api/types';
import { picture } from '../art/picture';
import { open } from '../cart/drawer';
import { add } from '../cart/store';
import { announce, el } from '../dom';
import { tag } from '../money';
import { missing } from '../pages/missing';
import { rich } from '../rich';
import { rename, type Address } from '../route';
import type { Shown } from '../pages/page';
import { grid } from './card';
import { address, first } from './choice';
import { picker } from './picker';

/** More than that is not bought by accident. */
const MOST = 20;

export async function productPage({ path, search }: Address): Promise<Shown> {
  const handle = decodeURIComponent(path.split('/')[2] ?? '');
  const { product } = await look<{ product: Product | null }>(PRODUCT, { handle });
  const variant = product && first(product, search);
  if (!product || !variant) return missing();
  return {
    title: product.title,
    body: el('div', { class: 'product-page' }, buying(product, variant), recommended(product.id)),
  };
}

function buying(product: Product, initial: Variant): HTMLElement {
  const gallery = el('div', { class: 'gallery' });
  const price = el('p', { class: 'product-price' });
  const choices = el('div', {});
  const stock = el('p', { class: 'stock' });
  const button = el('button', { class: 'button wide', type: 'submit' });
  const problem = el('p', { class: 'problem', role: 'alert' });
  const quantity = el('input', {
    type: 'number',
    name: 'quantity',
    min: 1,
    max: MOST,
    value: 1,
    inputmode: 'numeric',
    'aria-label': 'Quantity',
  });
  let chosen = initial;

  function choose(variant: Variant): void {
    // The radio buttons are made anew: whoever went through them with the keyboard stays where they are.
    const focused = (document.activeElement as HTMLInputElement | null)?.name;
    chosen = variant;
    gallery.replaceChildren(
      picture(product, variant.image ?? product.featuredImage, {
        choices: variant.selectedOptions,
        isFirst: true,
        sizes: '(min-width: 60rem) 50vw, 100vw',
      }),
    );
    price.replaceChildren(tag(variant.price, variant.compareAtPrice));
    choices.replaceChildren(picker(product, variant, (next) => (choose(next), rename(address(product, next)))));
    stock.textContent = inStock(variant);
    button.textContent = variant.availableForSale ? 'Add to cart' : 'Sold out';
    button.disabled = !variant.availableForSale;
    if (focused) choices.querySelector<HTMLElement>(`input[name="${CSS.escape(focused)}"]:checked`)?.focus();
  }

  async function buy(event: Event): Promise<void> {
    event.preventDefault();
    button.disabled = true;
    problem.textContent = '';
    try {
      const said = await add(chosen.id, quantity.valueAsNumber || 1);
      announce(`${product.title} is in your cart`);
      open(said);
    } catch (error) {
      problem.textContent = (error as Error).message;
    } finally {
      button.disabled = !chosen.availableForSale;
    }
  }

  choose(initial);
  return el(
    'article',
    { class: 'product' },
    gallery,
    el(
      'div',
      { class: 'product-text' },
      el('p', { class: 'over' }, product.vendor),
      el('h1', { tabindex: -1 }, product.title),
      price,
      el(
        'form',
        { class: 'buy', onsubmit: buy },
        choices,
        el('div', { class: 'buy-row' }, quantity, button),
        stock,
        problem,
      ),
      rich(product.descriptionHtml),
    ),
  );
}

function inStock({ availableForSale, quantityAvailable }: Variant): string {
  if (!availableForSale) return 'We are making more.';
  return quantityAvailable && quantityAvailable <= 5 ? `Only ${quantityAvailable} left.` : 'In stock, ready to ship.';
}

function recommended(id: string): HTMLElement {
  const place = el('section', { class: 'shelf', 'aria-labelledby': 'also', hidden: true });
  const shown = look<{ productRecommendations: Card[] | null }>(RECOMMENDED, { id }).then(
    ({ productRecommendations: products }) => {
      if (!products?.length) return;
      place.append(el('h2', { id: 'also' }, 'Goes well with it'), grid(products.slice(0, 4)));
      place.hidden = false;
    },
  );
  // The page is complete without it.
  shown.catch(() => place.remove());
  return place;
}
