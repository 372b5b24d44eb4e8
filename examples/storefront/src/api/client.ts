// The Storefront API: one client, answers kept for as long as the page is open, and errors that can be shown.
import { createStorefrontApiClient, type StorefrontApiClient } from '@shopify/storefront-api-client';

import type { Settings } from '../settings';

type Variables = Record<string, unknown>;

let client: StorefrontApiClient;
const known = new Map<string, Promise<unknown>>();

export function connect({ domain, token, through }: Settings): void {
  client = createStorefrontApiClient({
    storeDomain: domain,
    apiVersion: '2026-04',
    publicAccessToken: token,
    retries: 2,
    customFetchApi: (address, init) => {
      const sent = through ? address.replace(`https://${domain}/`, through) : address;
      return fetch(sent, init as RequestInit);
    },
    // A newer store serves this version too.
    logger: () => {},
  });
}

/** Asks anew. */
export async function ask<Answer>(document: string, variables: Variables = {}): Promise<Answer> {
  const { data, errors } = await client.request<Answer>(document, { variables });
  if (!data) throw new Error(errors?.graphQLErrors?.[0]?.message ?? errors?.message ?? 'The store does not answer');
  return data;
}

/** Asks once: whoever comes back to a page sees it at once. */
export function look<Answer>(document: string, variables: Variables = {}): Promise<Answer> {
  const key = document + JSON.stringify(variables);
  const asked = known.get(key) ?? ask<Answer>(document, variables);
  known.set(key, asked);
  asked.catch(() => known.delete(key));
  return asked as Promise<Answer>;
}
