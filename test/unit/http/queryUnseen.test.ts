import assert from 'node:assert/strict';
import https from 'node:https';
import tls from 'node:tls';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { sendByDefault } from '../../../src/http/send.ts';
import { createTransport } from '../../../src/http/transport.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';

const real = https.request;
const usual = tls.getCACertificates('default');

/** As VS Code's agent does it: looks at the path of a request when it is handed over, and once more behind that. */
class LookingAgent extends https.Agent {
  readonly seen: string[] = [];

  addRequest(...all: unknown[]): void {
    const [request] = all as [{ readonly path: string }];
    this.seen.push(request.path);
    queueMicrotask(() => this.seen.push(request.path));
    setImmediate(() => this.seen.push(request.path));
    Reflect.get(https.Agent.prototype, 'addRequest').apply(this, all);
  }
}

describe('a key in the query', () => {
  let gateway: SampleGateway;
  let agent: LookingAgent;
  const send = createTransport(
    () => sendByDefault,
    () => ({ timeoutMs: 5000, maxBytes: 100_000 }),
  );

  beforeEach(async () => {
    gateway = await startSampleGateway({ tls: 'ownCa' });
    tls.setDefaultCACertificates([...usual, gateway.ca ?? '']);
    agent = new LookingAgent();
    https.request = ((url: URL, options: https.RequestOptions) =>
      real(url, { ...options, agent })) as typeof https.request;
  });
  afterEach(async () => {
    https.request = real;
    tls.setDefaultCACertificates(usual);
    agent.destroy();
    await gateway.close();
  });

  for (const method of ['GET', 'POST'] as const) {
    it(`reaches the gateway by ${method}, and is not seen by what looks for a proxy and logs it`, async () => {
      const url = new URL(`/api/usage/token/?key=${gateway.secret('ok')}&page=2`, gateway.origin);
      await send({ url, method, ...(method === 'POST' && { body: '{}' }) });
      assert.equal(gateway.calls.at(-1)?.path, '/api/usage/token/');
      // The log of a sample gateway names a key by its handle.
      const query = new URLSearchParams(gateway.calls.at(-1)?.search);
      assert.deepEqual(Object.fromEntries(query), { key: 'ok', page: '2' });
      assert.deepEqual([...new Set(agent.seen)], ['/api/usage/token/']);
    });
  }
});
