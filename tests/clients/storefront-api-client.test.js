// @shopify/storefront-api-client: every documented operation, against the running store.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { createStorefrontApiClient } from '@shopify/storefront-api-client';

import { buyable, domain, doors, token } from './store.js';

const PRODUCT = `
  query ProductQuery($handle: String) {
    product(handle: $handle) { id title handle }
  }`;
const VERSION = '2026-04';

for (const door of doors) {
  const client = (more = {}) =>
    createStorefrontApiClient({
      storeDomain: `https://${domain}`,
      apiVersion: VERSION,
      publicAccessToken: token,
      customFetchApi: door.fetch,
      ...more,
    });

  describe(`storefront-api-client over ${door.name}`, () => {
    it('asks for a product with variables', async () => {
      const { data, errors } = await client().request(PRODUCT, { variables: { handle: 'linen-shirt' } });
      assert.equal(errors, undefined);
      assert.equal(data.product.title, 'Linen Shirt');
    });

    it('is known by a private token too, on behalf of a buyer', async () => {
      const server = client({ publicAccessToken: undefined, privateAccessToken: token, clientName: 'clients' });
      const { data, errors } = await server.request(PRODUCT, {
        variables: { handle: 'linen-shirt' },
        headers: { 'Shopify-Storefront-Buyer-IP': '192.0.2.1', 'Shopify-Storefront-Id': 'shop-id' },
      });
      assert.equal(errors, undefined);
      assert.equal(data.product.handle, 'linen-shirt');
    });

    it('gets the response itself from fetch', async () => {
      const response = await client().fetch('query shop { shop { name id } }');
      assert.equal(response.ok, true);
      const { data } = await response.json();
      assert.match(data.shop.id, /^gid:\/\/shopify\/Shop\/\d+$/);
    });

    it('may choose another version for one request', async () => {
      for (const apiVersion of ['2023-07', '2025-10', 'unstable']) {
        const options = { variables: { handle: 'linen-shirt' }, apiVersion };
        const { data, errors } = await client({ logger: () => {} }).request(PRODUCT, options);
        assert.equal(errors, undefined, apiVersion);
        assert.equal(data.product.title, 'Linen Shirt');
      }
    });

    it('streams what is deferred', async () => {
      const deferred = `query ($handle: String) {
        product(handle: $handle) { id handle ... @defer(label: "deferredFields") { title description } }
      }`;
      const stream = await client().requestStream(deferred, { variables: { handle: 'linen-shirt' } });
      let last;
      for await (const part of stream) last = part;
      assert.equal(last.errors, undefined);
      assert.equal(last.hasNext, false);
      assert.equal(last.data.product.title, 'Linen Shirt');
      assert.match(last.data.product.description, /linen/);
    });

    it('makes a cart in a country and a language', async () => {
      const create = `
        mutation ($input: CartInput!, $country: CountryCode, $language: LanguageCode)
        @inContext(country: $country, language: $language) {
          cartCreate(input: $input) { userErrors { message code field } cart { id checkoutUrl totalQuantity } }
        }`;
      const lines = [{ merchandiseId: await buyable(), quantity: 2 }];
      const { data, errors } = await client().request(create, {
        variables: { input: { lines }, country: 'DE', language: 'EN' },
      });
      assert.equal(errors, undefined);
      assert.deepEqual(data.cartCreate.userErrors, []);
      assert.equal(data.cartCreate.cart.totalQuantity, 2);
      assert.ok(
        data.cartCreate.cart.checkoutUrl.startsWith(`${door.origin}/cart/c/`),
        data.cartCreate.cart.checkoutUrl,
      );
      const page = await fetch(data.cartCreate.cart.checkoutUrl);
      assert.equal(page.status, 200);
      assert.match(await page.text(), /Linen Shirt/);
    });

    it('is told what is wrong with a document', async () => {
      const { data, errors } = await client().request('{ shop { motto } }');
      assert.equal(data, undefined);
      assert.equal(errors.networkStatusCode, 200);
      assert.equal(errors.graphQLErrors[0].extensions.code, 'undefinedField');
      assert.deepEqual(errors.graphQLErrors[0].path, ['query', 'shop', 'motto']);
    });

    it('is told that a token opens nothing', async () => {
      const { data, errors } = await client({ publicAccessToken: 'of-somebody-else' }).request(PRODUCT);
      assert.equal(data, undefined);
      assert.ok([401, 403].includes(errors.networkStatusCode), JSON.stringify(errors.networkStatusCode));
    });
  });
}

describe('storefront-api-client', () => {
  it('tells where it asks and with what', () => {
    const client = createStorefrontApiClient({ storeDomain: domain, apiVersion: VERSION, publicAccessToken: token });
    assert.equal(client.getApiUrl(), `https://${domain}/api/${VERSION}/graphql.json`);
    assert.equal(client.getHeaders({ 'X-Mine': 'yes' })['X-Shopify-Storefront-Access-Token'], token);
    assert.equal(client.config.apiVersion, VERSION);
  });

  it('comes again after it was turned away', async () => {
    let asked = 0;
    const client = createStorefrontApiClient({
      storeDomain: domain,
      apiVersion: VERSION,
      publicAccessToken: token,
      customFetchApi: (address, init) => {
        asked += 1;
        return asked === 1 ? Promise.resolve(new Response('', { status: 503 })) : fetch(address, init);
      },
    });
    const { data } = await client.request(PRODUCT, { variables: { handle: 'linen-shirt' }, retries: 1 });
    assert.equal(asked, 2);
    assert.equal(data.product.title, 'Linen Shirt');
  });
});
