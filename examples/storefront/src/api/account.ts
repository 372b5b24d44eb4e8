// What the account asks, and what comes back.
import type { Money } from './types';

export interface Order {
  id: string;
  name: string;
  processedAt: string;
  statusUrl: string;
  totalPrice: Money;
  lineItems: { nodes: { title: string; quantity: number }[] };
}

export interface Customer {
  displayName: string;
  email: string | null;
  defaultAddress: { formatted: string[] } | null;
  orders: { nodes: Order[] };
}

export interface Token {
  accessToken: string;
  expiresAt: string;
}

/** The answer to a change: what was wanted, or what was wrong. */
export interface Changed<Wanted> {
  changed: Wanted & { customerUserErrors: { message: string }[] };
}

export const CUSTOMER = `
  query Customer($token: String!) {
    customer(customerAccessToken: $token) {
      displayName email
      defaultAddress { formatted(withName: true) }
      orders(first: 20, sortKey: PROCESSED_AT, reverse: true) {
        nodes {
          id name processedAt statusUrl
          totalPrice { amount currencyCode }
          lineItems(first: 5) { nodes { title quantity } }
        }
      }
    }
  }`;

export const SIGN_IN = `
  mutation SignIn($input: CustomerAccessTokenCreateInput!) {
    changed: customerAccessTokenCreate(input: $input) {
      customerAccessToken { accessToken expiresAt }
      customerUserErrors { message }
    }
  }`;

export const SIGN_UP = `
  mutation SignUp($input: CustomerCreateInput!) {
    changed: customerCreate(input: $input) { customer { id } customerUserErrors { message } }
  }`;

export const SIGN_OUT = `
  mutation SignOut($token: String!) {
    customerAccessTokenDelete(customerAccessToken: $token) { deletedAccessToken }
  }`;

export const RECOVER = `
  mutation Recover($email: String!) {
    changed: customerRecover(email: $email) { customerUserErrors { message } }
  }`;
