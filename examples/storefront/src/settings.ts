// Which store this is: told by /store.json beside the page, so that one build serves any store.

export interface Settings {
  /** Host of the store, with its port if it has one. */
  domain: string;
  /** Its public Storefront API token. */
  token: string;
  /** Where requests go instead of the domain, if a server stands in between. */
  through?: string;
}

export async function settings(): Promise<Settings> {
  const response = await fetch('/store.json');
  if (!response.ok) throw new Error('There is no /store.json beside this page');
  return response.json();
}
