// What every client stands on: the protocols of the server itself.
import assert from 'node:assert/strict';
import http2 from 'node:http2';
import https from 'node:https';
import { describe, it } from 'node:test';

import { domain, token } from './store.js';

const PATH = '/api/2026-04/graphql.json';
const HEADERS = { 'content-type': 'application/json', 'x-shopify-storefront-access-token': token };
const body = JSON.stringify({ query: '{ shop { name primaryDomain { url } } }' });

const whole = async (stream) => {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString());
};

describe('the server over TLS', () => {
  it('speaks HTTP/2, many requests over one connection', async () => {
    const session = http2.connect(`https://${domain}`);
    const ask = () => {
      const stream = session.request({ ':method': 'POST', ':path': PATH, ...HEADERS });
      stream.end(body);
      return whole(stream);
    };
    const answers = await Promise.all(Array.from({ length: 50 }, ask));
    assert.equal(session.alpnProtocol, 'h2');
    assert.ok(answers.every(({ data }) => data.shop.name));
    session.close();
  });

  it('speaks HTTP/1.1 to whoever knows nothing newer, and keeps the connection', async () => {
    const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set();
    for (let n = 0; n < 3; n += 1) {
      const response = await new Promise((resolve, reject) => {
        const request = https.request(`https://${domain}${PATH}`, { method: 'POST', headers: HEADERS, agent }, resolve);
        request.on('error', reject).end(body);
      });
      assert.equal(response.httpVersion, '1.1');
      ports.add(response.socket.localPort);
      assert.ok((await whole(response)).data.shop.name);
    }
    assert.equal(ports.size, 1);
    agent.destroy();
  });

  it('is not believed by whoever does not know its authority', async () => {
    const stranger = https.request(`https://${domain}${PATH}`, { ca: [] });
    const error = await new Promise((resolve) => stranger.on('error', resolve).on('response', resolve).end());
    assert.match(String(error.code), /SELF_SIGNED|UNABLE_TO/);
  });
});
