// The running store that the clients talk to, and the doors by which it is reached.
//
// `MCOM_STORE` tells where it is, as JSON with the names of `.mcom/demo.json`; without it, it is the demo store that `./mcom up`
// opened. Clients trust its certificate by NODE_EXTRA_CA_CERTS.
import { readFileSync } from 'node:fs';

const told = JSON.parse(
  process.env.MCOM_STORE ?? readFileSync(new URL('../../.mcom/demo.json', import.meta.url), 'utf8'),
).storefront;
const secure = new URL(told.https_url);
const plain = new URL(told.url);

export const token = told.token;

/** Host and port at which the store speaks TLS, as clients want their domain. */
export const domain = secure.host;

/** What most clients insist on is TLS; over plain HTTP they are led by the one function that all of them take: fetch. */
export const doors = [
  { name: 'TLS', origin: secure.origin, fetch: (address, init) => fetch(address, init) },
  {
    name: 'plain HTTP',
    origin: plain.origin,
    fetch: (address, init) => fetch(String(address).replace(secure.origin, plain.origin), init),
  },
];

/** Asks the Storefront API without any client; fails if there are errors. */
export async function ask(query, variables = {}) {
  const response = await fetch(plain, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-shopify-storefront-access-token': token },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors, null, 2));
  return data;
}

/** A variant that can be bought. */
export async function buyable() {
  const { product } = await ask('{ product(handle: "linen-shirt") { selectedOrFirstAvailableVariant { id } } }');
  return product.selectedOrFirstAvailableVariant.id;
}
