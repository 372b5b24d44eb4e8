// The traffic of `mcom bench --workloads mix` for k6: mostly looking, sometimes filling a cart, rarely paying.
//
//   k6 run -e URL=http://127.0.0.1:8080 -e STORE=demo.localhost -e TOKEN=... -e CARD_SESSION=... -e RATE=200 tests/load/mix.js
//
// TOKEN is a storefront token (`mcom store token --store demo --api storefront`). CARD_SESSION is what the payment provider's
// `/sessions` answered to a test card; without it no order is placed. The documents are those of the load generator.
import http from 'k6/http';
import { check } from 'k6';

const documents = '../../api/src/bench/documents/';
const [page, listing, search, cart, checkout] = ['product_page', 'listing', 'search', 'cart', 'checkout'].map(
  (name) => open(`${documents}${name}.graphql`),
);
const endpoint = `${__ENV.URL || 'http://127.0.0.1:8080'}/api/2026-01/graphql.json`;
const headers = {
  'Content-Type': 'application/json',
  'X-Shopify-Storefront-Access-Token': __ENV.TOKEN,
  Host: __ENV.STORE || 'demo.localhost',
};
const home = { firstName: 'Ada', lastName: 'Lovelace', address1: 'Weg 1', city: 'Berlin', zip: '10115' };

export const options = {
  scenarios: {
    // An open model: requests begin on time, whether or not earlier ones are answered.
    mix: { executor: 'constant-arrival-rate', rate: Number(__ENV.RATE || 200), duration: __ENV.DURATION || '30s', preAllocatedVUs: 64 },
  },
  thresholds: {
    checks: ['rate>0.999'],
    'http_req_duration{kind:page}': ['p(95)<10'],
    'http_req_duration{kind:listing}': ['p(95)<10'],
    'http_req_duration{kind:checkout}': ['p(95)<50'],
  },
};

function ask(kind, query, operationName, variables) {
  const answer = http.post(endpoint, JSON.stringify({ query, operationName, variables }), { headers, tags: { kind } });
  const body = answer.json();
  const field = body.data && Object.values(body.data)[0];
  check(answer, {
    [`${kind} answered`]: () => answer.status === 200 && !body.errors && !(field && field.userErrors && field.userErrors.length),
  });
  return body.data || {};
}

// Some products and all collections of the store.
export function setup() {
  const goods = ask('setup', `{
    products(first: 250, sortKey: ID) { nodes { handle title availableForSale options { name optionValues { name } } variants(first: 1) { nodes { id } } } }
    collections(first: 50) { nodes { handle } }
  }`);
  return { products: goods.products.nodes, collections: goods.collections.nodes.map((it) => it.handle) };
}

const any = (list) => list[Math.floor(Math.random() * list.length)];
// The first are the most popular, by Zipf's law.
const popular = (list) => list[Math.floor(list.length ** Math.random()) - 1];
const absent = () => Math.random() < 0.1;

function fill(goods) {
  const line = () => [{ merchandiseId: popular(goods.products.filter((it) => it.availableForSale)).variants.nodes[0].id, quantity: 1 }];
  const { cartCreate } = ask('cart', cart, 'CartCreate', { input: { lines: line() } });
  const cartId = cartCreate.cart.id;
  ask('cart', cart, 'CartLinesAdd', { cartId, lines: line() });
  ask('cart', cart, 'CartRead', { cartId });
}

function buy(goods) {
  const step = (name, variables) => Object.values(ask('checkout', checkout, name, variables))[0];
  const variant = popular(goods.products.filter((it) => it.availableForSale)).variants.nodes[0].id;
  const cartId = step('CartCreate', { input: { lines: [{ merchandiseId: variant, quantity: 1 }], buyerIdentity: { email: 'ada@example.com' } } }).cart.id;
  const address = { selected: true, address: { deliveryAddress: { ...home, countryCode: 'DE' } } };
  const group = step('AddressAdd', { cartId, addresses: [address] }).cart.deliveryGroups.nodes[0];
  const chosen = [{ deliveryGroupId: group.id, deliveryOptionHandle: group.deliveryOptions[0].handle }];
  const amount = step('DeliverySelect', { cartId, options: chosen }).cart.cost.totalAmount;
  const directPaymentMethod = { sessionId: __ENV.CARD_SESSION, billingAddress: { ...home, country: 'Germany' } };
  step('PaymentUpdate', { cartId, payment: { amount, directPaymentMethod } });
  step('Prepare', { cartId });
  const attempt = step('Submit', { cartId, attempt: `${__VU}-${__ITER}-${Math.random()}` }).result.attemptId;
  const done = step('Attempt', { attempt });
  check(done, { 'an order was placed': (it) => it.__typename === 'CartCompletionSuccess' });
}

export default function (goods) {
  const place = Math.random() * 100;
  const inContext = { country: 'DE', language: 'EN' };
  const product = popular(goods.products);
  if (place < 55) {
    const handle = absent() ? `${product.handle}-gone` : product.handle;
    const option = product.options[0];
    ask('page', page, 'ProductPage', { handle, selected: [{ name: option.name, value: any(option.optionValues).name }], ...inContext });
  } else if (place < 80) {
    const handle = absent() ? 'gone' : any(goods.collections);
    ask('listing', listing, 'Listing', { handle, sort: any(['COLLECTION_DEFAULT', 'PRICE', 'TITLE', 'CREATED']), ...inContext });
  } else if (place < 90) {
    ask('search', search, 'Search', { term: absent() ? 'qzxwv' : any(product.title.split(' ')), ...inContext });
  } else if (place < 97 || !__ENV.CARD_SESSION) {
    fill(goods);
  } else {
    buy(goods);
  }
}
