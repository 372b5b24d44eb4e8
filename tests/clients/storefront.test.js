// The storefront of examples/storefront, as it is built for production, in a browser and against the running store over TLS.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:tls';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

import { ask, domain } from './store.js';

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const FOLDER = fileURLToPath(new URL('../../examples/storefront/', import.meta.url));
const WITHOUT_STRANGERS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

let server, browser, base, page;

/** What the certificate's key is known by. Node has checked the certificate: a browser that has not read the CA may trust this key. */
async function knownKey() {
  const [host, port] = domain.split(':');
  const socket = connect({ host, port });
  await new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
  const key = socket.getPeerX509Certificate().publicKey.export({ type: 'spki', format: 'der' });
  socket.destroy();
  return createHash('sha256').update(key).digest('base64');
}

before(async () => {
  process.env.MCOM_STORE_DIRECT = 'yes';
  const vite = createRequire(`${FOLDER}package.json`).resolve('vite');
  const { build, preview } = await import(vite);
  await build({ root: FOLDER, logLevel: 'error' });
  server = await preview({ root: FOLDER, logLevel: 'error', preview: { port: 0, host: '127.0.0.1' } });
  [base] = server.resolvedUrls.local;
  browser = await chromium.launch({
    executablePath: process.env.MCOM_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      ...WITHOUT_STRANGERS,
      `--ignore-certificate-errors-spki-list=${await knownKey()}`,
    ],
  });
});

after(async () => {
  await browser?.close();
  await server?.close();
});

beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
  page.setDefaultTimeout(10_000);
  const { origin } = new URL(base);
  // Nobody but the page's own server and the store is asked for anything.
  await page.route(
    (url) => url.origin !== origin && url.host !== domain,
    (route) => route.abort(),
  );
});

afterEach(() => page.close());

const visit = async (path) => {
  await page.goto(new URL(path, base).href);
  await page.locator('main h1').waitFor();
};
const drawer = () => page.getByRole('dialog', { name: 'Your cart' });

/** What keeps people out who use other than eyes and a mouse. */
async function barriers() {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}

describe('the storefront', () => {
  it('leads from the first page over a collection to a product', async () => {
    const problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
    await visit('/');
    await page.getByRole('navigation').getByRole('link', { name: 'Apparel' }).click();
    await page.getByRole('heading', { level: 1, name: 'Apparel' }).waitFor();
    await page
      .getByRole('main')
      .getByRole('link', { name: /^Linen Shirt/ })
      .click();
    await page.getByRole('heading', { level: 1, name: 'Linen Shirt' }).waitFor();
    assert.equal(await page.title(), 'Linen Shirt');
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Apparel' }).waitFor();
    assert.deepEqual(problems, []);
  });

  it('shows the picture of what is chosen, from the store itself', async () => {
    const shown = page.locator('.gallery .loaded img');
    const source = () => shown.evaluate((img) => ({ address: img.currentSrc, alt: img.alt, width: img.naturalWidth }));
    await visit('/products/linen-shirt?Size=M&Color=Sand');
    const sand = await source();
    assert.ok(sand.address.startsWith(`https://${domain}/cdn/`), sand.address);
    assert.ok(sand.width > 0 && sand.alt === 'Linen Shirt in sand', JSON.stringify(sand));
    await page.getByRole('radio', { name: 'Navy' }).check();
    await page.locator('.gallery .loaded img[alt="Linen Shirt in navy"]').waitFor();
    assert.notEqual((await source()).address, sand.address);
  });

  it('sells the variant that was chosen', async () => {
    await visit('/products/linen-shirt');
    await page.getByRole('radio', { name: 'S', exact: true }).check();
    await page.getByRole('radio', { name: 'Navy' }).check();
    assert.equal(new URL(page.url()).search, '?Size=S&Color=Navy');
    await page.getByRole('spinbutton', { name: 'Quantity' }).fill('2');
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await drawer().getByText('S / Navy').waitFor();
    await drawer().getByText('€138.00').first().waitFor();
    await drawer().getByRole('button', { name: 'One more of Linen Shirt, S / Navy' }).click();
    await drawer().getByText('€207.00').first().waitFor();

    await page.reload();
    await page.getByRole('button', { name: 'Cart, 3 things' }).click();
    const checkout = await drawer().getByRole('link', { name: 'Check out' }).getAttribute('href');
    assert.ok(checkout.startsWith(`https://${domain}/cart/c/`), checkout);
    await drawer().getByRole('link', { name: 'Check out' }).click();
    await page.waitForURL(checkout);
    await page.getByText('Linen Shirt').first().waitFor();
  });

  it('says when there is less than was wanted', async () => {
    await visit('/products/linen-shirt?Size=M&Color=Navy');
    await page.getByText('Only 1 left.').waitFor();
    await page.getByRole('spinbutton', { name: 'Quantity' }).fill('2');
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await drawer().getByRole('alert').getByText(/1/).waitFor();
    await drawer().getByText('€69.00').first().waitFor();
  });

  it('forgets a line that is removed', async () => {
    await visit('/products/earl-grey');
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await drawer().getByRole('button', { name: 'Remove Earl Grey' }).click();
    await drawer().getByText('Nothing in it yet.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Cart, 0 things' }).waitFor();
  });

  it('lets a variant be chosen with the keyboard', async () => {
    await visit('/products/linen-shirt?Size=S&Color=White');
    await page.getByRole('radio', { name: 'S', exact: true }).focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/Size=M&Color=White/);
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(/Size=L&Color=White/);
  });

  it('does not sell what is sold out', async () => {
    const { products } = await ask(
      '{ products(first: 50) { nodes { handle variants(first: 50) { nodes { availableForSale selectedOptions { name value } } } } } }',
    );
    const gone = products.nodes.flatMap(({ handle, variants }) =>
      variants.nodes
        .filter((variant) => !variant.availableForSale)
        .map((variant) => ({ handle, choices: variant.selectedOptions })),
    );
    assert.ok(gone.length > 0, 'the demo store has something that is sold out');
    const [{ handle, choices }] = gone;
    await visit(`/products/${handle}?${new URLSearchParams(choices.map(({ name, value }) => [name, value]))}`);
    assert.equal(await page.getByRole('button', { name: 'Sold out' }).isDisabled(), true);
  });

  it('sorts a collection and shows more of it', async () => {
    await visit('/collections/home');
    await page.getByLabel('Sort by').selectOption('Price, low to high');
    await page.waitForURL(/sort=cheap/);
    // Whoever comes to a page begins at its heading.
    await page.locator('main h1:focus').waitFor();
    const cards = page.getByRole('main').locator('.card-head');
    await page.getByRole('button', { name: 'Show more' }).click();
    await cards.nth(12).waitFor();
    const prices = await cards.evaluateAll((heads) =>
      heads.map((head) => Number(head.querySelector('.price > span').textContent.match(/[\d.]+$/)[0])),
    );
    assert.deepEqual(
      prices,
      prices.toSorted((one, other) => one - other),
    );
  });

  it('finds what was typed, slips forgiven', async () => {
    await visit('/');
    await page.getByRole('searchbox', { name: 'Search' }).fill('merno sweter');
    await page.keyboard.press('Enter');
    // The page before shows sweaters too, and what is found takes the focus from whoever types.
    await page.getByRole('heading', { level: 1, name: /for “merno sweter”$/ }).waitFor();
    await page
      .getByRole('main')
      .getByRole('link', { name: /^Merino Sweater/ })
      .waitFor();
    await page.getByRole('searchbox', { name: 'Search' }).fill('xylophone');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Nothing for “xylophone”' }).waitFor();
  });

  it('opens an account, and knows its owner until they sign out', async () => {
    const [email, password] = [`ada-${Date.now()}@example.com`, 'correct horse battery'];
    await visit('/account');
    const account = page.getByRole('form', { name: 'Open an account' });
    await account.getByLabel('Name').fill('Ada Lovelace');
    await account.getByLabel('E-mail').fill(email);
    await account.getByLabel('Password').fill(password);
    await account.getByRole('button').click();
    await page.getByRole('heading', { name: 'Hello, Ada Lovelace' }).waitFor();
    await page.reload();
    await page.getByText(email).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();

    const door = page.getByRole('form', { name: 'Sign in' });
    await door.getByLabel('E-mail').fill(email);
    await door.getByLabel('Password').fill('something else');
    await door.getByRole('button').click();
    await door.getByRole('alert').getByText(/./).waitFor();
    await door.getByLabel('Password').fill(password);
    await door.getByRole('button').click();
    await page.getByRole('heading', { name: 'Hello, Ada Lovelace' }).waitFor();
  });

  it('says so where there is nothing, and when the store does not answer', async () => {
    await visit('/products/nothing-of-the-kind');
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    await page.route(
      (url) => url.host === domain,
      (route) => route.abort(),
    );
    await visit('/products/linen-shirt');
    await page.getByRole('heading', { name: 'The store does not answer' }).waitFor();
  });

  for (const [name, path, width] of [
    ['first page', '/', 1280],
    ['collection', '/collections/sale', 1280],
    ['product page', '/products/linen-shirt', 1280],
    ['search', '/search?q=linen', 1280],
    ['account', '/account', 1280],
    ['product page on a telephone', '/products/linen-shirt', 390],
  ]) {
    it(`has no barriers: ${name}`, async () => {
      await page.setViewportSize({ width, height: 860 });
      await visit(path);
      assert.deepEqual(await barriers(), []);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${overflow} pixels too wide`);
    });
  }

  it('has no barriers: cart', async () => {
    await visit('/products/earl-grey');
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await drawer().getByText('Subtotal').waitFor();
    assert.deepEqual(await barriers(), []);
  });
});
