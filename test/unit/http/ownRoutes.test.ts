import assert from 'node:assert/strict';
import { createSecureServer, type Http2SecureServer } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import type { Route } from '../../../src/core/ports/settings.ts';
import { type CustomRoute, type CustomRouteOptions, openCustomRoute } from '../../../src/http/customRoute.ts';
import { createTransports, type Transports } from '../../../src/http/transports.ts';
import { makeCertificate } from '../../sampleGateways/certificate.ts';
import { ProxyChild } from '../support/proxyChild.ts';
import { until } from '../support/until.ts';

const FIRST = 'https://first.example';
const SECOND = 'https://second.example';

/** Routes whose proxies tests change, opened by `open`, with what became of each in `told`. */
function watched(fails: (spec: CustomRouteOptions) => boolean = () => false) {
  const told: string[] = [];
  const proxies: Record<string, string> = {};
  const open = async (spec: CustomRouteOptions): Promise<CustomRoute> => {
    const name = spec.address?.replace('http://', '') ?? spec.type;
    told.push(`open ${name}`);
    if (fails(spec)) throw new Error('it cannot be opened');
    return {
      send: async () => ({
        status: 200,
        headers: { get: () => null, has: () => false },
        body: (async function* () {})(),
      }),
      closeWhenIdle: async () => void told.push(`retire ${name}`),
      close: async () => {
        await turn();
        told.push(`close ${name}`);
      },
    };
  };
  const transports: Transports = createTransports(
    {
      routeFor: (origin): Route => ({ proxy: proxies[origin] }),
      proxyLoginFor: async () => undefined,
      readText: async () => '',
      timeoutMs: () => 5000,
    },
    open,
  );
  const ask = (origin: string) => transports.transport({ url: new URL('/', origin) });
  return { told, proxies, ask, close: () => transports.close() };
}

describe('a route of our own', () => {
  it('is opened once, and used by every request after that', async () => {
    const { told, proxies, ask } = watched();
    proxies[FIRST] = 'http://a:1';
    await Promise.all([ask(FIRST), ask(FIRST)]);
    await ask(FIRST);
    assert.deepEqual(told, ['open a:1']);
  });

  it('is retired when another is set for its origin, and no other origin’s is', async () => {
    const { told, proxies, ask } = watched();
    proxies[FIRST] = 'http://a:1';
    proxies[SECOND] = 'http://a:1';
    await ask(FIRST);
    await ask(SECOND);
    proxies[FIRST] = 'http://b:2';
    await ask(FIRST);
    await ask(SECOND);
    assert.deepEqual(told, ['open a:1', 'open a:1', 'open b:2', 'retire a:1']);
    proxies[FIRST] = 'http://a:1';
    await ask(FIRST);
    assert.deepEqual(told.slice(4), ['open a:1', 'retire b:2']);
  });

  it('that could not be opened is opened again by the next request', async () => {
    let isOut = true;
    const { told, proxies, ask } = watched(() => isOut);
    proxies[FIRST] = 'http://a:1';
    await assert.rejects(ask(FIRST));
    isOut = false;
    await ask(FIRST);
    await ask(FIRST);
    assert.deepEqual(told, ['open a:1', 'open a:1']);
  });

  it('that fails when another has taken its place leaves that one alone', async () => {
    const failures: (() => void)[] = [];
    const told: string[] = [];
    const proxies: Route = { proxy: 'http://a:1' };
    let route = proxies;
    const transports = createTransports(
      {
        routeFor: () => route,
        proxyLoginFor: async () => undefined,
        readText: async () => '',
        timeoutMs: () => 5000,
      },
      spec => {
        told.push(spec.address ?? '');
        return new Promise((_, reject) => failures.push(() => reject(new Error('no'))));
      },
    );
    const ask = () => transports.transport({ url: new URL(FIRST) }).catch(() => 'failed');
    const first = ask();
    await until(() => failures.length === 1);
    route = { proxy: 'http://b:2' };
    const second = ask();
    await until(() => failures.length === 2);
    route = proxies;
    const third = ask();
    await until(() => failures.length === 3);
    failures[0]?.();
    await first;
    const fourth = ask();
    await turn();
    failures[1]?.();
    failures[2]?.();
    await Promise.all([second, third, fourth]);
    assert.deepEqual(told, ['http://a:1', 'http://b:2', 'http://a:1']);
  });

  it('is closed with all the others, and opened again after that', async () => {
    const { told, proxies, ask, close } = watched();
    proxies[FIRST] = 'http://a:1';
    proxies[SECOND] = 'http://b:2';
    await ask(FIRST);
    await ask(SECOND);
    await close();
    assert.deepEqual(told.slice(2).sort(), ['close a:1', 'close b:2']);
    await ask(FIRST);
    await close();
    assert.deepEqual(told.slice(4), ['open a:1', 'close a:1']);
  });
});

describe('the connections of a route of our own', () => {
  let ca: string;
  let server: Http2SecureServer;
  let origin: string;
  const versions: string[] = [];
  const sockets = new Set<Socket>();
  const answers: (() => void)[] = [];

  before(async () => {
    const certificate = await makeCertificate('ownCa', Date.now);
    const { key, chain } = certificate;
    ca = certificate.ca;
    server = createSecureServer({ key, cert: chain, allowHTTP1: true }, (request, response) => {
      versions.push(request.httpVersion);
      if (request.url === '/slow') answers.push(() => response.end('late'));
      else response.end('ok');
    });
    server.on('secureConnection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  const send = async ({ send: way }: CustomRoute, path = '/') => {
    const { signal } = new AbortController();
    const { body } = await way(new URL(path, origin), { method: 'GET', headers: {}, signal });
    const parts: Uint8Array[] = [];
    for await (const part of body) parts.push(part);
    return Buffer.concat(parts).toString();
  };

  for (const way of ['direct', 'http', 'socks5'] as const) {
    it(`speak HTTP/1.1 with a server that would rather have HTTP/2: ${way}`, async () => {
      const proxy = way === 'direct' ? undefined : await ProxyChild.start({ kind: way });
      const route = openCustomRoute({ type: way, address: proxy?.address, ca: [ca] });
      versions.length = 0;
      assert.equal(await send(route), 'ok');
      assert.deepEqual(versions, ['1.1']);
      await route.close();
      await proxy?.end();
    });
  }

  it('are not watched for silence any more once a SOCKS proxy has answered its greeting', async () => {
    const greetingMs = 12_345;
    const proxy = await ProxyChild.start({ kind: 'socks5' });
    const { setTimeout: begin, clearTimeout: end } = globalThis;
    const watches = new Set<unknown>();
    globalThis.setTimeout = Object.assign((...of: Parameters<typeof begin>) => {
      const timer = begin(...of);
      if (of[1] === greetingMs) watches.add(timer);
      return timer;
    }, begin);
    globalThis.clearTimeout = timer => {
      if (watches.has(timer)) ended += 1;
      end(timer);
    };
    let ended = 0;
    const route = openCustomRoute({ type: 'socks5', address: proxy.address, ca: [ca], greetingMs });
    try {
      assert.equal(await send(route), 'ok');
      assert.deepEqual([watches.size, ended], [1, 1]);
    } finally {
      Object.assign(globalThis, { setTimeout: begin, clearTimeout: end });
      await route.close();
      await proxy.end();
    }
  });

  it('are closed when it is retired, once nobody waits for an answer any more', async () => {
    const route = openCustomRoute({ type: 'direct', ca: [ca] });
    const late = send(route, '/slow');
    await until(() => answers.length > 0);
    const retired = route.closeWhenIdle();
    assert.equal(sockets.size, 1);
    answers.pop()?.();
    assert.equal(await late, 'late');
    await retired;
    await assert.rejects(send(route));
    await until(() => sockets.size === 0);
  });

  it('are closed at once when it is closed, whoever waits', async () => {
    const route = openCustomRoute({ type: 'direct', ca: [ca] });
    const never = send(route, '/slow');
    await until(() => answers.length > 0);
    await Promise.all([assert.rejects(never), route.close()]);
    await until(() => sockets.size === 0);
    answers.length = 0;
  });
});
