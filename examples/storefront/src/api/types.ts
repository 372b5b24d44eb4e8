// What the documents in this folder ask for.

export interface Money {
  amount: string;
  currencyCode: string;
}

export interface Picture {
  url: string;
  altText: string | null;
}

export interface Choice {
  name: string;
  value: string;
}

export interface Variant {
  id: string;
  title: string;
  sku: string | null;
  availableForSale: boolean;
  quantityAvailable: number | null;
  price: Money;
  compareAtPrice: Money | null;
  image: Picture | null;
  selectedOptions: Choice[];
}

export interface Option {
  name: string;
  optionValues: { name: string; swatch: { color: string | null } | null }[];
}

export interface Card {
  id: string;
  handle: string;
  title: string;
  vendor: string;
  productType: string;
  availableForSale: boolean;
  featuredImage: Picture | null;
  priceRange: { minVariantPrice: Money; maxVariantPrice: Money };
  compareAtPriceRange: { maxVariantPrice: Money };
  options: Option[];
}

export interface Product extends Card {
  descriptionHtml: string;
  description: string;
  images: { nodes: Picture[] };
  variants: { nodes: Variant[] };
}

export interface Collection {
  id: string;
  handle: string;
  title: string;
  description: string;
  image?: Picture | null;
}

export interface Page<Node> {
  nodes: Node[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

export interface CartLine {
  id: string;
  quantity: number;
  cost: { totalAmount: Money };
  merchandise: Variant & { product: Pick<Card, 'handle' | 'title' | 'productType' | 'options'> };
}

export interface Cart {
  id: string;
  checkoutUrl: string;
  totalQuantity: number;
  cost: { subtotalAmount: Money };
  lines: { nodes: CartLine[] };
}
