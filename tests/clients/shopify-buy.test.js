// shopify-buy: the queries that it has built in, with the version it uses, and those that its larger build writes itself.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import Client from 'shopify-buy';
import LargeClient from 'shopify-buy/index.unoptimized.umd.js';

import { buyable, domain, doors, token } from './store.js';

const titles = (things) => things.map((thing) => thing.title);

for (const door of doors) {
  const asked = [];
  const listening = (address, init) => {
    asked.push(String(address));
    return door.fetch(address, init);
  };
  const client = Client.buildClient({ domain, storefrontAccessToken: token, language: 'en-US' }, listening);

  describe(`shopify-buy over ${door.name}`, () => {
    it('uses its own version of the API', async () => {
      await client.shop.fetchInfo();
      assert.deepEqual(asked, [`https://${domain}/api/2025-01/graphql`]);
    });

    it('knows the shop', async () => {
      const shop = await client.shop.fetchInfo();
      assert.ok(shop.name);
      assert.match(shop.moneyFormat, /amount/);
      assert.ok(shop.primaryDomain.url.includes(shop.primaryDomain.host));
      assert.ok(shop.paymentSettings.enabledPresentmentCurrencies.length > 0);
    });

    it('knows what the shop promises', async () => {
      const { privacyPolicy, refundPolicy } = await client.shop.fetchPolicies();
      assert.ok(privacyPolicy.title && privacyPolicy.body && refundPolicy.url);
    });

    it('may ask for as much as it does if nobody says how much', async () => {
      assert.equal((await client.product.fetchAll()).length, 20);
      assert.equal((await client.product.fetchAll(250)).length > 40, true);
      const collections = await client.collection.fetchAllWithProducts();
      assert.equal(collections[0].products[0].variants.length > 0, true);
    });

    it('lists products page by page', async () => {
      const first = await client.product.fetchAll(3);
      const { model: next } = await client.fetchNextPage(first);
      assert.equal(new Set([...titles(first), ...titles(next)]).size, 6);
      assert.equal(next[0].variants.length > 0, true);
    });

    it('finds a product by id, by ids and by handle', async () => {
      const shirt = await client.product.fetchByHandle('linen-shirt');
      assert.equal(shirt.title, 'Linen Shirt');
      assert.equal((await client.product.fetch(shirt.id)).title, 'Linen Shirt');
      const socks = await client.product.fetchByHandle('wool-socks');
      assert.deepEqual(titles(await client.product.fetchMultiple([shirt.id, socks.id])), ['Linen Shirt', 'Wool Socks']);
      assert.equal(await client.product.fetchByHandle('nothing-of-the-kind'), null);
    });

    it('loads all variants and images of a product, and finds one variant by its options', async () => {
      const shirt = await client.product.fetchByHandle('linen-shirt');
      const [size, color] = shirt.options;
      const wanted = { [size.name]: size.values[1].value, [color.name]: color.values[0].value };
      const variant = client.product.helpers.variantForOptions(shirt, wanted);
      assert.deepEqual(
        Object.fromEntries(variant.selectedOptions.map((option) => [option.name, option.value])),
        wanted,
      );
      assert.equal(variant.price.currencyCode, 'EUR');
      assert.equal(typeof variant.available, 'boolean');
    });

    it('queries products with a sort key and a filter', async () => {
      const found = await client.product.fetchQuery({
        first: 5,
        sortKey: 'TITLE',
        reverse: true,
        query: 'product_type:Tea',
      });
      assert.ok(found.length > 1);
      assert.ok(found.every((product) => product.productType === 'Tea'));
      assert.deepEqual(titles(found), titles(found).toSorted().toReversed());
    });

    it('recommends products', async () => {
      const shirt = await client.product.fetchByHandle('linen-shirt');
      const recommended = await client.product.fetchRecommendations(shirt.id);
      assert.ok(recommended.length > 0);
      assert.ok(recommended.every((product) => product.id !== shirt.id));
    });

    it('lists collections, with and without products', async () => {
      const all = await client.collection.fetchAll();
      assert.ok(titles(all).includes('Apparel'));
      assert.equal(all[0].products, undefined);
      const filled = await client.collection.fetchAllWithProducts({ first: 2, productsFirst: 4 });
      assert.deepEqual(
        filled.map((collection) => collection.products.length),
        [4, 4],
      );
      const queried = await client.collection.fetchQuery({ first: 2, sortKey: 'TITLE', query: 'title:Apparel' });
      assert.deepEqual(titles(queried), ['Apparel']);
    });

    it('finds a collection by id and by handle', async () => {
      const apparel = await client.collection.fetchByHandle('apparel');
      assert.equal(apparel.title, 'Apparel');
      assert.equal(apparel.products.length > 0, true);
      assert.equal((await client.collection.fetch(apparel.id)).handle, 'apparel');
      const filled = await client.collection.fetchWithProducts(apparel.id, { productsFirst: 3 });
      assert.equal(filled.products.length, 3);
    });

    it('asks for pictures in sizes', async () => {
      const shirt = await client.product.fetchByHandle('linen-shirt');
      const address = client.image.helpers.imageForSize(shirt.images[0], { maxWidth: 50, maxHeight: 40 });
      assert.ok(address.startsWith('http'));
    });

    describe('its checkout, which is a cart', () => {
      const { checkout } = client;
      const begin = async (quantity) => checkout.create({ lineItems: [{ variantId: await buyable(), quantity }] });
      const cents = ({ amount }) => Math.round(Number(amount) * 100);

      it('begins with lines, a buyer and an address', async () => {
        const shippingAddress = { lastName: 'Lovelace', address1: '1 Mill Rd', city: 'Bonn', country: 'Germany', zip: '53111' };
        const lineItems = [{ variantId: await buyable(), quantity: 2 }];
        const begun = await checkout.create({ lineItems, shippingAddress, email: 'ada@example.com', note: 'Ring twice' });
        assert.equal(begun.email, 'ada@example.com');
        assert.equal(begun.note, 'Ring twice');
        assert.equal(begun.shippingAddress.city, 'Bonn');
        assert.equal(begun.shippingAddress.countryCodeV2, 'DE');
        assert.equal(begun.lineItems[0].quantity, 2);
        assert.ok(begun.webUrl.includes('/cart/c/'));
        assert.equal((await checkout.fetch(begun.id)).lineItems[0].title, begun.lineItems[0].title);
        const moved = await checkout.updateShippingAddress(begun.id, { ...shippingAddress, city: 'Ulm' });
        assert.equal(moved.shippingAddress.city, 'Ulm');
        assert.equal((await checkout.updateEmail(begun.id, 'grace@example.com')).email, 'grace@example.com');
      });

      it('has lines added, changed, replaced and taken out', async () => {
        const begun = await begin(1);
        const variantId = await buyable();
        const added = await checkout.addLineItems(begun.id, [{ variantId, quantity: 2 }]);
        assert.equal(added.lineItems[0].quantity, 3);
        const changed = await checkout.updateLineItems(begun.id, [{ id: added.lineItems[0].id, quantity: 2 }]);
        assert.equal(changed.lineItems[0].quantity, 2);
        const replaced = await checkout.replaceLineItems(begun.id, [{ variantId, quantity: 1 }]);
        assert.equal(replaced.lineItems[0].quantity, 1);
        const emptied = await checkout.removeLineItems(begun.id, [replaced.lineItems[0].id]);
        assert.equal(emptied.lineItems.length, 0);
        const customAttributes = [{ key: 'gift', value: 'yes' }];
        const noted = await checkout.updateAttributes(begun.id, { customAttributes });
        assert.equal(noted.customAttributes[0].value, 'yes');
      });

      it('takes off a code of the order and one of lines, and puts them back', async () => {
        const begun = await begin(2);
        const tenth = await checkout.addDiscount(begun.id, 'welcome10');
        assert.equal(tenth.discountApplications[0].value.percentage, 10);
        assert.equal(cents(tenth.totalPrice), cents(begun.totalPrice) - Math.round(cents(begun.totalPrice) / 10));
        const off = tenth.lineItems[0].discountAllocations.map((part) => cents(part.allocatedAmount));
        assert.deepEqual(off, [cents(begun.totalPrice) - cents(tenth.totalPrice)]);
        const each = await checkout.addDiscount(begun.id, 'LINEN5');
        assert.ok(each.discountApplications.length > 0);
        assert.ok(cents(each.totalPrice) < cents(tenth.totalPrice));
        const without = await checkout.removeDiscount(begun.id);
        assert.deepEqual(without.discountApplications, []);
        assert.equal(cents(without.totalPrice), cents(begun.totalPrice));
      });

      it('is paid with a gift card', async () => {
        const begun = await begin(1);
        const paid = await checkout.addGiftCards(begun.id, ['demo gift card 2026']);
        const [card] = paid.appliedGiftCards;
        assert.equal(card.lastCharacters, '2026');
        assert.equal(cents(paid.totalPrice), cents(begun.totalPrice));
        assert.equal(cents(paid.paymentDue), cents(begun.totalPrice) - cents(card.amountUsed));
        const unpaid = await checkout.removeGiftCard(begun.id, card.id);
        assert.equal(unpaid.appliedGiftCards.length, 0);
        const refused = await checkout.addGiftCards(begun.id, ['no such card']);
        assert.equal(refused.userErrors.length, 1);
      });
    });

    it('is told the reason when it is refused', async () => {
      await assert.rejects(client.product.fetchAll(251), (errors) => /250/.test(JSON.stringify(errors)));
    });
  });

  describe(`the large build of shopify-buy over ${door.name}`, () => {
    const large = LargeClient.buildClient({ domain, storefrontAccessToken: token }, door.fetch);

    it('writes queries of its own', async () => {
      const query = large.graphQLClient.query((root) => {
        root.addConnection('products', { args: { first: 4 } }, (product) => {
          product.add('title');
          product.add('tags');
        });
      });
      const { model } = await large.graphQLClient.send(query);
      assert.equal(model.products.length, 4);
      assert.ok(Array.isArray(model.products[0].tags.map((tag) => tag.value)));
    });

    it('writes mutations of its own', async () => {
      const input = large.graphQLClient.variable('input', 'CartInput!');
      const mutation = large.graphQLClient.mutation([input], (root) => {
        root.add('cartCreate', { args: { input } }, (payload) => {
          payload.add('cart', (cart) => {
            cart.add('totalQuantity');
          });
        });
      });
      const lines = [{ merchandiseId: await buyable(), quantity: 3 }];
      const { data } = await large.graphQLClient.send(mutation, { input: { lines } });
      assert.equal(data.cartCreate.cart.totalQuantity, 3);
    });
  });
}
