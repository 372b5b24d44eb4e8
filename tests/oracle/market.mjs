// The market of tests/src/market once more, as plain values and functions that graphql-js can execute.
const money = cents => ({
  amount: `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`,
  currencyCode: 'EUR',
});
const image = (product, view) => ({
  url: `https://cdn.example.com/${product}-${view}.jpg`,
  altText: view > 0 ? `Product ${product}, view "${view}"` : null,
  width: 1200,
  height: 1600,
});
const fail = message => () => {
  throw new Error(message);
};
const range = length => [...Array(length).keys()];

function page(all, args) {
  const first = args.first ?? 10;
  if (first < 0) throw new Error('first must not be negative');
  const after = /^c(\d+)$/.exec(args.after ?? '');
  const from = Math.min(after ? +after[1] + 1 : 0, all.length);
  const to = Math.min(from + first, all.length);
  const nodes = all.slice(from, to);
  return {
    nodes,
    edges: nodes.map((node, i) => ({ cursor: `c${from + i}`, node })),
    pageInfo: {
      hasNextPage: to < all.length,
      hasPreviousPage: from > 0,
      startCursor: from < to ? `c${from}` : null,
      endCursor: from < to ? `c${to - 1}` : null,
    },
  };
}

function variant(product, p, v) {
  const id = `gid://shop/ProductVariant/${p}${v}`;
  const weight = v * 0.5;
  return {
    __typename: 'ProductVariant',
    id,
    title: `Size ${v} / Blue`,
    sku: v > 0 ? `SKU-${p}-${v}` : null,
    weight,
    price: money(2995 + p * 100),
    compareAtPrice: v === 1 ? money(3995) : null,
    selectedOptions: [{ name: 'Size', value: `${v}` }],
    image: v !== 2 ? image(p, v) : null,
    product,
    broken: fail('broken variant'),
    quantityAvailable: id.endsWith('2') ? null : id.length,
    shippingEstimate: money(Math.floor(weight * 1000) + 490),
  };
}

function product(p) {
  const id = `gid://shop/Product/${p}`;
  const text = 'A soft shirt.\nMade in "Portugal" — ü.';
  const shown = {
    __typename: 'Product',
    id,
    handle: `shirt-${p}`,
    title: `Organic cotton shirt ${p}`,
    vendor: 'Acme',
    tags: ['cotton', p % 2 ? 'winter' : 'summer'],
    availableForSale: p !== 3,
    createdAt: '2026-03-01T10:00:00Z',
    onlineStoreUrl: null,
    old: null,
    seo: { title: 'Organic', description: null },
    priceRange: { minVariantPrice: money(2995), maxVariantPrice: money(3495) },
    featuredImage: image(p, 0),
    images: range(5).map(view => (view === 3 ? null : image(p, view))),
    description: ({ truncateAt }) => {
      if (truncateAt < 0) throw new Error('truncateAt must not be negative');
      return truncateAt == null ? text : text.slice(0, truncateAt);
    },
    broken: fail(`broken ${id}`),
    brokenRequired: fail(`broken ${id}`),
  };
  shown.allOptions = ['Size', 'Colour'].map((name, i) => ({
    __typename: 'ProductOption',
    id: `gid://shop/ProductOption/${p}${i}`,
    name,
    values: ['S', 'M'],
  }));
  shown.options = ({ first }) => shown.allOptions.slice(0, first ?? 99);
  shown.allVariants = range(3).map(v => variant(shown, p, v));
  shown.variants = args => page(shown.allVariants, args);
  return shown;
}

const products = range(24).map(product);
const deleted = 'gid://shop/ProductVariant/132';
const variants = new Map(
  products.flatMap(p => p.allVariants).filter(v => v.id !== deleted).map(v => [v.id, v]),
);
const byId = id =>
  products.find(p => p.id === id) ??
  variants.get(id) ??
  products.flatMap(p => p.allOptions).find(o => o.id === id) ??
  null;
const stub = id => variants.get(id) ?? { __typename: 'ProductVariant', id };

let carts;
export function reset() {
  const id = (p, v) => `gid://shop/ProductVariant/${p}${v}`;
  carts = new Map([
    ['c24', { note: null, items: range(24).map(i => [id(i, i % 2), 1 + (i % 3)]) }],
    ['mixed', { note: 'hi', items: [[id(1, 0), 1], ['gift', 2], [id(1, 0), 3], [id(2, 1), 1]] }],
    ['gone', { note: null, items: [[id(1, 0), 1], [id(13, 2), 2], [id(4, 2), 1]] }],
    ['empty', { note: null, items: [] }],
  ]);
}

const cost = quantity => ({ subtotalAmount: money(100 * quantity), totalAmount: money(119 * quantity) });
const line = cart => ([merchandise, quantity], index) => ({
  __typename: 'CartLine',
  id: `${cart}/L${index}`,
  quantity,
  merchandise:
    merchandise === 'gift' ? { __typename: 'GiftCard', code: `G${index}`, title: 'Gift' } : stub(merchandise),
  variant: merchandise === 'gift' ? null : stub(merchandise),
  cost: cost(quantity),
});

function cart(id) {
  const held = carts.get(id);
  if (!held) return null;
  const lines = held.items.map(line(id));
  const totalQuantity = held.items.reduce((sum, [, quantity]) => sum + quantity, 0);
  return {
    __typename: 'Cart',
    id,
    note: held.note,
    totalQuantity,
    cost: cost(totalQuantity),
    lines: args => page(lines, args),
  };
}

const items = lines => (lines ?? []).map(l => [l.merchandiseId, l.quantity ?? 1]);
const fits = (p, f) =>
  (f.tag == null || p.tags.includes(f.tag)) &&
  (f.price?.min == null || +p.allVariants[0].price.amount >= f.price.min) &&
  (f.titles == null || f.titles.includes(p.title));

export const root = {
  product: args => products.find(p => p.handle === args.handle || p.id === args.id) ?? null,
  products: args => {
    const all = products.filter(p => !args.filters?.length || args.filters.some(f => fits(p, f)));
    if (args.sortKey === 'TITLE') all.sort((a, b) => (a.title < b.title ? -1 : 1));
    if (args.reverse) all.reverse();
    return page(all, args);
  },
  node: args => byId(args.id),
  nodes: args => args.ids.map(byId),
  cart: args => cart(args.id),
  stockSum: 42,
  cartCreate: ({ input }) => {
    const id = `new${[...carts.keys()].filter(k => k.startsWith('new')).length}`;
    carts.set(id, { note: input?.note ?? null, items: items(input?.lines) });
    return { cart: cart(id), userErrors: [] };
  },
  cartLinesAdd: args => {
    const refused = (of, field, message, code) => ({ cart: of, userErrors: [{ field, message, code }] });
    if (!carts.has(args.cartId)) return refused(null, ['cartId'], 'Not found', 'NOT_FOUND');
    const added = items(args.lines);
    const bad = added.findIndex(([, quantity]) => quantity < 1);
    if (bad >= 0) {
      return refused(cart(args.cartId), ['lines', `${bad}`, 'quantity'], 'Quantity must be positive', 'INVALID');
    }
    carts.get(args.cartId).items.push(...added);
    return { cart: cart(args.cartId), userErrors: [] };
  },
};
