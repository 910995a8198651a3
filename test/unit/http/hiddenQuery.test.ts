import assert from 'node:assert/strict';
import http, { type ClientRequest } from 'node:http';
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
    it(`reaches the gateway by ${method}, and is hidden from the proxy lookup that logs it`, async () => {
      const url = new URL(`/api/usage/token/?key=${gateway.secret('ok')}&page=2`, gateway.origin);
      await send({ url, method, ...(method === 'POST' && { body: '{}' }) });
      assert.equal(gateway.calls.at(-1)?.path, '/api/usage/token/');
      // The log of a sample gateway names a key by its handle.
      const query = new URLSearchParams(gateway.calls.at(-1)?.search);
      assert.deepEqual(Object.fromEntries(query), { key: 'ok', page: '2' });
      assert.deepEqual([...new Set(agent.seen)], ['/api/usage/token/']);
    });
  }

  it('can stand in a path that is hidden as a whole', async () => {
    await send({ url: new URL('/api/usage/token/?page=2', gateway.origin), hidePath: true });
    assert.deepEqual(
      gateway.calls.map(({ path, search }) => [path, search]),
      [['/api/usage/token/', '?page=2']],
    );
    assert.deepEqual([...new Set(agent.seen)], ['/']);
  });
});

/** Node's own parts of a request, which an agent for a proxy changes. */
interface UnsentRequest {
  _header: string | null;
  _implicitHeader(): void;
  readonly outputData: { data: string }[];
}

/** As an agent for a proxy does it over plain http: it comes to a request late, and rewrites its first line. */
class RewritingAgent extends http.Agent {
  addRequest(...all: unknown[]): void {
    setImmediate(() => {
      const request = all[0] as ClientRequest & UnsentRequest;
      const [first] = request.outputData;
      assert.ok(first);
      const body = first.data.slice(first.data.indexOf('\r\n\r\n') + 4);
      request._header = null;
      request._implicitHeader();
      first.data = request._header + body;
      Reflect.get(http.Agent.prototype, 'addRequest').apply(this, all);
    });
  }
}

describe('a query over plain http', () => {
  it('reaches the gateway through an agent that writes the first line again', async () => {
    const usualRequest = http.request;
    const agent = new RewritingAgent();
    const gateway = await startSampleGateway();
    http.request = ((url: URL, options: http.RequestOptions) =>
      usualRequest(url, { ...options, agent })) as typeof http.request;
    try {
      const send = createTransport(
        () => sendByDefault,
        () => ({ timeoutMs: 5000, maxBytes: 100_000 }),
      );
      await send({ url: new URL('/api/log/self?p=2&page_size=100', gateway.origin) });
      assert.deepEqual(
        gateway.calls.map(({ path, search }) => [path, search]),
        [['/api/log/self', '?p=2&page_size=100']],
      );
    } finally {
      http.request = usualRequest;
      agent.destroy();
      await gateway.close();
    }
  });
});
