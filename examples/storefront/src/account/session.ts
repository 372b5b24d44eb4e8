// Who is signed in: the token is kept until it expires, or until they sign out.
import { CUSTOMER, RECOVER, SIGN_IN, SIGN_OUT, SIGN_UP, type Changed, type Customer, type Token } from '../api/account';
import { ask } from '../api/client';

const KEY = 'customer';

function kept(): string | null {
  const token = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Token | null;
  return token && new Date(token.expiresAt) > new Date() ? token.accessToken : null;
}

async function changed<Wanted>(document: string, variables: Record<string, unknown>): Promise<Wanted> {
  const { changed: answer } = await ask<Changed<Wanted>>(document, variables);
  const [error] = answer.customerUserErrors;
  if (error) throw new Error(error.message);
  return answer;
}

/** The customer who is signed in. */
export async function customer(): Promise<Customer | null> {
  const token = kept();
  if (!token) return null;
  return (await ask<{ customer: Customer | null }>(CUSTOMER, { token })).customer;
}

export async function signIn(email: string, password: string): Promise<void> {
  const answer = await changed<{ customerAccessToken: Token }>(SIGN_IN, { input: { email, password } });
  localStorage.setItem(KEY, JSON.stringify(answer.customerAccessToken));
}

export async function signUp(name: string, email: string, password: string): Promise<void> {
  const [firstName, ...others] = name.trim().split(/\s+/);
  await changed(SIGN_UP, { input: { firstName, lastName: others.join(' ') || null, email, password } });
  await signIn(email, password);
}

export const recover = (email: string): Promise<unknown> => changed(RECOVER, { email });

export async function signOut(): Promise<void> {
  const token = kept();
  localStorage.removeItem(KEY);
  if (token) await ask(SIGN_OUT, { token });
}
