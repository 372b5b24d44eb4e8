// Every document that this storefront sends.

const CARD = `
  fragment Card on Product {
    id handle title vendor productType availableForSale
    featuredImage { url altText }
    priceRange { minVariantPrice { amount currencyCode } maxVariantPrice { amount currencyCode } }
    compareAtPriceRange { maxVariantPrice { amount currencyCode } }
    options { name optionValues { name swatch { color } } }
  }`;

const VARIANT = `
  fragment Variant on ProductVariant {
    id title sku availableForSale quantityAvailable
    price { amount currencyCode }
    compareAtPrice { amount currencyCode }
    image { url altText }
    selectedOptions { name value }
  }`;

const CART = `
  fragment Cart on Cart {
    id checkoutUrl totalQuantity
    cost { subtotalAmount { amount currencyCode } }
    lines(first: 100) {
      nodes {
        id quantity
        cost { totalAmount { amount currencyCode } }
        merchandise {
          ... on ProductVariant {
            ...Variant
            product { handle title productType options { name optionValues { name swatch { color } } } }
          }
        }
      }
    }
  }
  ${VARIANT}`;

export const FRAME = `
  query Frame {
    shop { name }
    collections(first: 6) { nodes { id handle title description image { url altText } } }
  }`;

export const HOME = `
  query Home {
    collection(handle: "staff-picks") { products(first: 8) { nodes { ...Card } } }
    products(first: 8, sortKey: CREATED_AT, reverse: true) { nodes { ...Card } }
  }
  ${CARD}`;

export const COLLECTION = `
  query Collection($handle: String!, $after: String, $sort: ProductCollectionSortKeys, $reverse: Boolean) {
    collection(handle: $handle) {
      id handle title description
      products(first: 12, after: $after, sortKey: $sort, reverse: $reverse) {
        nodes { ...Card }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
  ${CARD}`;

export const PRODUCT = `
  query Product($handle: String!) {
    product(handle: $handle) {
      ...Card
      descriptionHtml description
      images(first: 10) { nodes { url altText } }
      variants(first: 250) { nodes { ...Variant } }
    }
  }
  ${CARD}
  ${VARIANT}`;

export const RECOMMENDED = `
  query Recommended($id: ID!) { productRecommendations(productId: $id) { ...Card } }
  ${CARD}`;

export const SEARCH = `
  query Search($words: String!, $after: String) {
    search(query: $words, first: 12, after: $after, types: [PRODUCT]) {
      totalCount
      nodes { ... on Product { ...Card } }
      pageInfo { hasNextPage endCursor }
    }
  }
  ${CARD}`;

export const CART_READ = `
  query Cart($id: ID!) { cart(id: $id) { ...Cart } }
  ${CART}`;

const change = (name: string, field: string, declared: string, given: string) => `
  mutation ${name}(${declared}) {
    changed: ${field}(${given}) {
      cart { ...Cart }
      userErrors { message }
      warnings { message }
    }
  }
  ${CART}`;

export const CART_CREATE = change('CartCreate', 'cartCreate', '$lines: [CartLineInput!]', 'input: { lines: $lines }');
export const CART_ADD = change(
  'CartAdd',
  'cartLinesAdd',
  '$id: ID!, $lines: [CartLineInput!]!',
  'cartId: $id, lines: $lines',
);
export const CART_UPDATE = change(
  'CartUpdate',
  'cartLinesUpdate',
  '$id: ID!, $lines: [CartLineUpdateInput!]!',
  'cartId: $id, lines: $lines',
);
export const CART_REMOVE = change(
  'CartRemove',
  'cartLinesRemove',
  '$id: ID!, $lineIds: [ID!]!',
  'cartId: $id, lineIds: $lineIds',
);
