// The cart: its id is remembered, every change is sent, and whoever shows it is told.
import { ask } from '../api/client';
import { CART_ADD, CART_CREATE, CART_READ, CART_REMOVE, CART_UPDATE } from '../api/documents';
import type { Cart } from '../api/types';

const KEY = 'cart';

interface Changed {
  changed: { cart: Cart | null; userErrors: { message: string }[]; warnings: { message: string }[] };
}

let cart: Cart | null = null;
/** Changes wait for each other: the last answer is the last state. */
let queue: Promise<unknown> = Promise.resolve();
const watching = new Set<(cart: Cart | null) => void>();

export const current = (): Cart | null => cart;

export function watch(told: (cart: Cart | null) => void): void {
  watching.add(told);
  told(cart);
}

function become(next: Cart | null): void {
  cart = next;
  if (next) localStorage.setItem(KEY, next.id);
  else localStorage.removeItem(KEY);
  for (const told of watching) told(cart);
}

/** Finds the cart of the last visit. */
export async function restore(): Promise<void> {
  const id = localStorage.getItem(KEY);
  if (id) become((await ask<{ cart: Cart | null }>(CART_READ, { id })).cart);
}

/** What the store says about the change, for the buyer; empty if there is nothing to say. */
function change(document: string, variables: () => Record<string, unknown>): Promise<string> {
  const sent = queue.then(async () => {
    const { changed } = await ask<Changed>(document, variables());
    if (changed.userErrors.length) throw new Error(changed.userErrors.map((error) => error.message).join(' '));
    become(changed.cart);
    return changed.warnings.map((warning) => warning.message).join(' ');
  });
  queue = sent.catch(() => {});
  return sent;
}

export function add(merchandiseId: string, quantity: number): Promise<string> {
  const lines = [{ merchandiseId, quantity }];
  return cart ? change(CART_ADD, () => ({ id: cart?.id, lines })) : change(CART_CREATE, () => ({ lines }));
}

export const update = (line: string, quantity: number): Promise<string> =>
  change(CART_UPDATE, () => ({ id: cart?.id, lines: [{ id: line, quantity }] }));

export const remove = (line: string): Promise<string> => change(CART_REMOVE, () => ({ id: cart?.id, lineIds: [line] }));
