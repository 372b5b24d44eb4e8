// Where the store is, told to the page as /store.json, and its API behind this server, so that no certificate has to be trusted to try it.
//
// The demo store that `./mcom up` opened, unless MCOM_STORE says another one, in JSON with the names of `.mcom/demo.json`.
import { readFileSync } from 'node:fs';
import type { Connect, Plugin, ProxyOptions } from 'vite';

interface Door {
  url: string;
  https_url: string;
  token: string;
}

function door(): Door {
  const demo = new URL('../../.mcom/demo.json', import.meta.url);
  const told = process.env.MCOM_STORE ?? readFileSync(demo, 'utf8');
  return (JSON.parse(told) as { storefront: Door }).storefront;
}

/** Sends what begins with /api to the store, as if it had been asked itself. */
export function proxy(): Record<string, ProxyOptions> {
  return { '/api': { target: new URL(door().url).origin } };
}

/** Answers /store.json. `MCOM_STORE_DIRECT` lets pages ask the store themselves, over TLS. */
export function storeFile(): Plugin {
  const answer: Connect.NextHandleFunction = (_request, response) => {
    const { https_url: address, token } = door();
    const domain = new URL(address).host;
    const through = process.env.MCOM_STORE_DIRECT ? undefined : '/';
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ domain, token, through }));
  };
  return {
    name: 'store-file',
    configureServer: (server) => void server.middlewares.use('/store.json', answer),
    configurePreviewServer: (server) => void server.middlewares.use('/store.json', answer),
  };
}
