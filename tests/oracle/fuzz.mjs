// node fuzz.mjs api.graphql count seed
// Writes random valid queries over the market's public schema, one JSON object a line: {q, v}.
import { buildSchema, getNamedType, isAbstractType, isLeafType, isObjectType, isUnionType } from 'graphql';
import fs from 'fs';

const [api, count, seed] = process.argv.slice(2);
const schema = buildSchema(fs.readFileSync(api, 'utf8'));
let state = +seed || 1;
const random = () => (state = (state * 1664525 + 1013904223) % 4294967296) / 4294967296;
const pick = list => list[Math.floor(random() * list.length)];
const variant = (p, v) => `"gid://shop/ProductVariant/${p}${v}"`;

const ids = `["x", "gid://shop/Product/2", ${variant(13, 2)}, ${variant(2, 2)}, "gid://shop/ProductOption/10"]`;
const roots = [
  ['product(handle: "shirt-1")', 'Product'],
  ['product(handle: "nope")', 'Product'],
  ['products(first: 2)', 'ProductConnection'],
  ['products(first: $n, sortKey: PRICE)', 'ProductConnection'],
  [`node(id: ${variant(1, 1)})`, 'Node'],
  ['node(id: "gid://shop/Product/2")', 'Node'],
  [`nodes(ids: ${ids})`, 'Node'],
  ['cart(id: "mixed")', 'Cart'],
  ['cart(id: "gone")', 'Cart'],
  ['cart(id: $c)', 'Cart'],
  ['stockSum', null],
];
const argumentsOf = {
  'Product.variants': ['', '(first: 2)', '(first: $n)', '(first: -1)', '(first: 1, after: "c0")'],
  'Cart.lines': ['', '(first: 3)', '(first: $n)'],
  'Product.description': ['', '(truncateAt: 5)', '(truncateAt: -2)'],
  'Product.options': ['', '(first: 1)'],
};
const variables = [
  ['n', 'Int'],
  ['c', 'ID!'],
  ['t', 'Boolean!'],
  ['f', 'Boolean = false'],
];

let number = 0;
let fragments = [];

function condition() {
  return random() < 0.12 ? ` @${pick(['include', 'skip'])}(if: ${pick(['$t', '$f', 'true', 'false'])})` : '';
}

function field(typeName, fields, depth) {
  const leaves = fields.filter(f => depth > 0 || isLeafType(getNamedType(f.type)));
  const usable = leaves.filter(f => !/^broken/.test(f.name) || random() < 0.35);
  if (!usable.length) return '__typename';
  const chosen = pick(usable);
  const named = getNamedType(chosen.type);
  const args = pick(argumentsOf[`${typeName}.${chosen.name}`] ?? ['']);
  // Now and then an alias that looks like a key field.
  const alias = args || random() < 0.25 ? `${random() < 0.15 ? 'id' : 'k'}${number++}: ` : '';
  const below = isLeafType(named) ? '' : ` ${selection(named.name, depth - 1)}`;
  return `${alias}${chosen.name}${args}${condition()}${below}`;
}

function item(type, possible, fields, depth) {
  const r = random();
  if (r < 0.1) return random() < 0.5 ? '__typename' : `k${number++}: __typename`;
  if (possible.length && r < 0.6 && depth > 0) {
    const member = pick(possible);
    return `... on ${member}${condition()} ${selection(member, depth - 1)}`;
  }
  if (r < 0.68 && depth > 0) return `...${condition()} ${selection(type.name, depth - 1)}`;
  if (r < 0.75 && depth > 0) {
    const name = `F${number++}`;
    fragments.push(`fragment ${name} on ${type.name} ${selection(type.name, depth - 1)}`);
    return `...${name}${condition()}`;
  }
  if (r < 0.8 && depth > 0 && isObjectType(type) && type.getInterfaces().length) {
    return `... on Node { id ${random() < 0.5 ? '__typename' : ''} }`;
  }
  return field(type.name, fields, depth);
}

function selection(typeName, depth) {
  const type = schema.getType(typeName);
  const possible = isAbstractType(type) ? schema.getPossibleTypes(type).map(t => t.name) : [];
  const fields = isUnionType(type) ? [] : Object.values(type.getFields());
  const items = [...Array(1 + Math.floor(random() * 4))].map(() => item(type, possible, fields, depth));
  return `{ ${items.join(' ')} }`;
}

for (let i = 0; i < +count; i++) {
  fragments = [];
  const fields = [...Array(1 + Math.floor(random() * 2))].map(() => {
    const [call, type] = pick(roots);
    return `r${number++}: ${call}${type ? ` ${selection(type, 5)}` : ''}`;
  });
  const body = `{ ${fields.join(' ')} } ${fragments.join(' ')}`;
  const used = variables.filter(([name]) => new RegExp(`\\$${name}\\b`).test(body));
  const declared = used.map(([name, type]) => `$${name}: ${type}`).join(', ');
  const v = { c: pick(['c24', 'empty', 'mixed']), t: random() < 0.5 };
  if (random() < 0.5) v.n = pick([1, 2, 5, null]);
  console.log(JSON.stringify({ q: `query Q${declared && `(${declared})`} ${body}`, v }));
}
