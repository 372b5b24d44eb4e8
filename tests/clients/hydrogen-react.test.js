// @hydrogen-react: its components rendered on a server with the answers of the running store, and the queries of its cart.
import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';

import {
  AddToCartButton,
  BuyNowButton,
  CartCheckoutButton,
  CartCost,
  CartLineProvider,
  CartLineQuantity,
  CartLineQuantityAdjustButton,
  CartProvider,
  IMAGE_FRAGMENT,
  Image,
  MediaFile,
  Money,
  ProductPrice,
  ProductProvider,
  ShopifyProvider,
  createStorefrontClient,
  decodeEncodedVariant,
  flattenConnection,
  getAdjacentAndFirstAvailableVariants,
  getProductOptions,
  isOptionValueCombinationInEncodedVariant,
  mapSelectedProductOptionToObject,
  parseGid,
  useCart,
  useCartLine,
  useMoney,
  useProduct,
  useShop,
} from '@shopify/hydrogen-react';
import * as cartQueries from '@shopify/hydrogen-react/cart-queries';
import { createElement as h } from 'react';
import { renderToString } from 'react-dom/server';

import { buyable, doors, token } from './store.js';

const VERSION = '2026-04';
const VARIANT = `#graphql
  fragment Variant on ProductVariant {
    id title sku availableForSale quantityAvailable
    price { amount currencyCode } compareAtPrice { amount currencyCode }
    unitPrice { amount currencyCode } unitPriceMeasurement { referenceUnit referenceValue quantityUnit quantityValue measuredType }
    selectedOptions { name value } image { ...Image } product { title handle }
  }`;
const PRODUCT = `#graphql
  query Product($handle: String!, $selectedOptions: [SelectedOptionInput!]!) {
    product(handle: $handle) {
      id title handle vendor descriptionHtml encodedVariantExistence encodedVariantAvailability
      featuredImage { ...Image }
      media(first: 5) { nodes { __typename mediaContentType alt ... on MediaImage { id image { ...Image } } } }
      priceRange { minVariantPrice { amount currencyCode } maxVariantPrice { amount currencyCode } }
      compareAtPriceRange { minVariantPrice { amount currencyCode } maxVariantPrice { amount currencyCode } }
      options { name optionValues { name firstSelectableVariant { ...Variant } swatch { color image { previewImage { url } } } } }
      selectedOrFirstAvailableVariant(selectedOptions: $selectedOptions, ignoreUnknownOptions: true, caseInsensitiveMatch: true) { ...Variant }
      adjacentVariants(selectedOptions: $selectedOptions) { ...Variant }
      variants(first: 100) { nodes { ...Variant } }
    }
  }
  ${VARIANT}
  ${IMAGE_FRAGMENT}`;

/** What is rendered, as a reader sees it: React separates texts with comments. */
const rendered = (element) => renderToString(element).replaceAll('<!-- -->', '');

for (const door of doors) {
  const client = createStorefrontClient({
    storeDomain: door.origin,
    privateStorefrontToken: token,
    publicStorefrontToken: token,
    storefrontApiVersion: VERSION,
  });

  async function ask(query, variables, headers = client.getPublicTokenHeaders()) {
    const body = JSON.stringify({ query, variables });
    const response = await fetch(client.getStorefrontApiUrl(), { method: 'POST', headers, body });
    const { data, errors } = await response.json();
    assert.equal(errors, undefined, JSON.stringify(errors));
    return data;
  }

  const shop = (...children) =>
    h(
      ShopifyProvider,
      {
        storeDomain: door.origin,
        storefrontToken: token,
        storefrontApiVersion: VERSION,
        countryIsoCode: 'DE',
        languageIsoCode: 'EN',
      },
      ...children,
    );

  describe(`the client of hydrogen-react over ${door.name}`, () => {
    it('is known by a private token on behalf of a buyer, and by a public one', async () => {
      const query = '{ shop { name } }';
      const ofServer = client.getPrivateTokenHeaders({ buyerIp: '192.0.2.1' });
      const ofBrowser = client.getPublicTokenHeaders();
      assert.ok((await ask(query, {}, ofServer)).shop.name);
      assert.ok((await ask(query, {}, ofBrowser)).shop.name);
    });

    it('may send the bare document', async () => {
      const headers = client.getPublicTokenHeaders({ contentType: 'graphql' });
      const response = await fetch(client.getStorefrontApiUrl(), {
        method: 'POST',
        headers,
        body: '{ shop { name } }',
      });
      assert.ok((await response.json()).data.shop.name);
    });
  });

  describe(`a product page of hydrogen-react over ${door.name}`, () => {
    let product;
    before(async () => {
      const selectedOptions = [
        { name: 'Size', value: 'M' },
        { name: 'Color', value: 'White' },
      ];
      ({ product } = await ask(PRODUCT, { handle: 'linen-shirt', selectedOptions }));
    });

    it('shows prices', () => {
      const page = rendered(
        shop(
          h(ProductPrice, { data: product, as: 'b' }),
          h(ProductPrice, { data: product, priceType: 'compareAt', as: 's' }),
          h(Money, { data: product.priceRange.maxVariantPrice, withoutCurrency: true, as: 'i' }),
        ),
      );
      assert.match(page, /<b>€69\.00<\/b>/);
      assert.match(page, /<s>€85\.00<\/s>/);
      assert.match(page, /<i>[\d.]+<\/i>/);
    });

    it('shows pictures in all sizes', () => {
      const page = rendered(
        shop(
          h(Image, { data: product.featuredImage, aspectRatio: '4/5', sizes: '100vw' }),
          h(MediaFile, { data: product.media.nodes[0], mediaOptions: { image: { sizes: '50vw' } } }),
        ),
      );
      assert.match(page, /alt="Linen Shirt in white"/);
      assert.ok(page.match(/srcSet="[^"]*width=200[^"]* 200w, /), page);
    });

    it('gives its variants to whoever asks', () => {
      function Chosen() {
        const { selectedVariant, options, isOptionInStock } = useProduct();
        const inStock = isOptionInStock(options[0].name, options[0].values[0]);
        return h('p', null, `${selectedVariant.title}|${options.map((option) => option.name)}|${typeof inStock}`);
      }
      const id = product.selectedOrFirstAvailableVariant.id;
      const page = rendered(shop(h(ProductProvider, { data: product, initialVariantId: id }, h(Chosen))));
      assert.match(page, new RegExp(`<p>${product.selectedOrFirstAvailableVariant.title}\\|Size,Color\\|boolean</p>`));
    });

    it('knows for every option value whether it exists and can be had', () => {
      const options = getProductOptions(product);
      assert.deepEqual(
        options.map((option) => option.name),
        ['Size', 'Color'],
      );
      const medium = options[0].optionValues.find((value) => value.name === 'M');
      assert.equal(medium.selected, true);
      assert.equal(medium.exists, true);
      assert.ok(
        options.every((option) => option.optionValues.every((value) => value.variantUriQuery.includes('Size='))),
      );
    });

    it('decodes which variants there are, and agrees with the list of them', () => {
      const at = (variant) =>
        variant.selectedOptions.map(({ name, value }) =>
          product.options
            .find((option) => option.name === name)
            .optionValues.findIndex((known) => known.name === value),
        );
      const listed = flattenConnection(product.variants).map(at);
      assert.deepEqual(
        new Set(decodeEncodedVariant(product.encodedVariantExistence).map(String)),
        new Set(listed.map(String)),
      );
      const available = flattenConnection(product.variants)
        .filter((variant) => variant.availableForSale)
        .map(at);
      assert.ok(
        available.every((place) => isOptionValueCombinationInEncodedVariant(place, product.encodedVariantAvailability)),
      );
    });

    it('brings the neighbours of the chosen variant', () => {
      const neighbours = getAdjacentAndFirstAvailableVariants(product);
      assert.ok(neighbours.length > 1);
      const chosen = mapSelectedProductOptionToObject(product.selectedOrFirstAvailableVariant.selectedOptions);
      assert.deepEqual(chosen, { Size: 'M', Color: 'White' });
    });

    it('has ids that can be taken apart', () => {
      const { id, resource } = parseGid(product.id);
      assert.equal(resource, 'Product');
      assert.match(id, /^\d+$/);
    });
  });

  describe(`the cart of hydrogen-react over ${door.name}`, () => {
    const context = { country: 'DE', language: 'EN', numCartLines: 250 };
    const ofCart = (name, variables) =>
      ask(cartQueries[name](cartQueries.defaultCartFragment), { ...context, ...variables }).then((data) => {
        const [payload] = Object.values(data);
        return payload.cart ?? payload;
      });
    let cart;

    before(async () => {
      const lines = [{ merchandiseId: await buyable(), quantity: 1 }];
      cart = await ofCart('CartCreate', { input: { lines, buyerIdentity: { countryCode: 'DE' } } });
    });

    it('is made, found again, and keeps what every one of its mutations says', async () => {
      const cartId = cart.id;
      assert.equal((await ofCart('CartQuery', { id: cartId })).id, cartId);
      const [line] = flattenConnection(cart.lines);
      const updated = await ofCart('CartLineUpdate', { cartId, lines: [{ id: line.id, quantity: 3 }] });
      assert.equal(updated.totalQuantity, 3);
      const attributes = [{ key: 'gift', value: 'yes' }];
      const added = await ofCart('CartLineAdd', {
        cartId,
        lines: [{ merchandiseId: line.merchandise.id, quantity: 1, attributes }],
      });
      assert.equal(flattenConnection(added.lines).length, 2);
      const second = flattenConnection(added.lines).find((known) => known.id !== line.id);
      assert.equal((await ofCart('CartLineRemove', { cartId, lines: [second.id] })).totalQuantity, 3);
      assert.equal((await ofCart('CartNoteUpdate', { cartId, note: 'Ring twice' })).note, 'Ring twice');
      const buyerIdentity = { email: 'ada@example.com', countryCode: 'DE' };
      assert.equal(
        (await ofCart('CartBuyerIdentityUpdate', { cartId, buyerIdentity })).buyerIdentity.email,
        'ada@example.com',
      );
      assert.deepEqual((await ofCart('CartAttributesUpdate', { cartId, attributes })).attributes, attributes);
      const coded = await ofCart('CartDiscountCodesUpdate', { cartId, discountCodes: ['SUMMER'] });
      assert.deepEqual(coded.discountCodes, [{ code: 'SUMMER', applicable: false }]);
      cart = await ofCart('CartQuery', { id: cartId });
      assert.equal(cart.totalQuantity, 3);
    });

    it('sends the buyer’s consent along', async () => {
      const consent = { analytics: false, marketing: false, preferences: true, saleOfData: false };
      const query = cartQueries.CartQuery(cartQueries.defaultCartFragment, { includeVisitorConsent: true });
      const data = await ask(query, { ...context, id: cart.id, visitorConsent: consent });
      assert.equal(data.cart.id, cart.id);
    });

    it('is shown with its lines, buttons and cost', async () => {
      const fresh = await ofCart('CartQuery', { id: cart.id });
      const { product } = await ask(PRODUCT, { handle: 'linen-shirt', selectedOptions: [] });
      function Line() {
        const line = useCartLine();
        const price = useMoney(line.cost.totalAmount);
        return h(
          'li',
          null,
          `${line.merchandise.product.title} ${price.localizedString} `,
          h(CartLineQuantity, { as: 'b' }),
          h(CartLineQuantityAdjustButton, { adjust: 'increase' }, '+'),
          h(CartLineQuantityAdjustButton, { adjust: 'remove' }, '×'),
        );
      }
      function Lines() {
        const { lines, totalQuantity, status } = useCart();
        return h(
          'ul',
          { 'data-quantity': totalQuantity, 'data-status': status },
          ...lines.map((line) => h(CartLineProvider, { key: line.id, line }, h(Line))),
        );
      }
      function Where() {
        return h('p', null, useShop().storeDomain);
      }
      const page = rendered(
        shop(
          h(Where),
          h(
            CartProvider,
            { data: fresh, countryCode: 'DE' },
            h(
              ProductProvider,
              { data: product, initialVariantId: flattenConnection(fresh.lines)[0].merchandise.id },
              h(AddToCartButton, { accessibleAddingToCartLabel: 'adding' }, 'Add'),
              h(BuyNowButton, { variantId: flattenConnection(fresh.lines)[0].merchandise.id }, 'Buy'),
            ),
            h(Lines),
            h(CartCost, { as: 'strong' }),
            h(CartCost, { amountType: 'subtotal', as: 'em' }),
            h(CartCost, { amountType: 'tax' }),
            h(CartCheckoutButton, null, 'Check out'),
          ),
        ),
      );
      const quantity = flattenConnection(fresh.lines)[0].quantity;
      assert.match(page, new RegExp(`data-quantity="${fresh.totalQuantity}"`));
      assert.match(page, new RegExp(`Linen Shirt €[\\d.]+ <b>${quantity}</b>`));
      assert.match(page, /<strong>€[\d.]+<\/strong><em>€[\d.]+<\/em>/);
      assert.ok(page.includes(`<p>${door.origin}</p>`));
    });
  });
}
