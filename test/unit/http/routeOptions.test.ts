import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Route } from '../../../src/core/ports/settings.ts';
import { GatewayError } from '../../../src/core/quota/failure.ts';
import type { CustomRoute, CustomRouteOptions } from '../../../src/http/customRoute.ts';
import { createTransports } from '../../../src/http/transports.ts';

const PROXY = 'http://a:1';
const SOCKS = 'socks5://a:1080';

/** How the routes of one request were opened, as JSON; empty where it went VS Code's way. */
async function openedFor(
  address: string,
  route: Route,
  timeoutMs = 10_000,
): Promise<readonly (CustomRouteOptions | string)[]> {
  const opened: (CustomRouteOptions | string)[] = [];
  const { transport } = createTransports(
    {
      routeFor: () => route,
      proxyLoginFor: async proxy => ({ user: proxy, password: 'p' }),
      readText: async () => '',
      timeoutMs: () => timeoutMs,
    },
    async (options): Promise<CustomRoute> => {
      opened.push(JSON.parse(JSON.stringify(options)));
      throw new Error('enough');
    },
  );
  // Nobody listens on the first port, so what goes VS Code's way ends there.
  await transport({ url: new URL(address) }).catch((error: unknown) => {
    if (error instanceof GatewayError && error.failure.reason === 'proxy-setting') opened.push('refused');
  });
  return opened;
}

describe('how a request is sent', () => {
  const login = { user: PROXY, password: 'p' };
  const CASES: readonly [
    what: string,
    address: string,
    Route,
    opened: readonly unknown[],
    timeoutMs?: number,
  ][] = [
    ['by VS Code where nothing is set', 'https://127.0.0.1:1', {}, []],
    ['by VS Code to this machine, past any proxy', 'http://127.0.0.1:1', { proxy: PROXY }, []],
    ['by VS Code to this machine by its name', 'http://localhost:1', { proxy: SOCKS }, []],
    [
      'without a proxy to the other names of this machine, which VS Code would send to one',
      'http://gateway.localhost:1',
      { proxy: PROXY },
      [{ type: 'loopback', ca: [] }],
    ],
    ['so to its other addresses', 'http://127.0.0.2:1', {}, [{ type: 'loopback', ca: [] }]],
    ['directly', 'https://gw.example', { proxy: 'direct' }, [{ type: 'direct', ca: [] }]],
    [
      'by a proxy, which has half the time to connect',
      'https://gateway.localhost',
      { proxy: PROXY },
      [{ type: 'http', address: PROXY, login, ca: [], connectMs: 5000 }],
    ],
    [
      'by a SOCKS proxy, which answers a greeting within five seconds',
      'https://gw.example',
      { proxy: SOCKS },
      [
        {
          ...{ type: 'socks5', address: SOCKS, login: { ...login, user: SOCKS }, ca: [] },
          ...{ connectMs: 15_000, greetingMs: 5000 },
        },
      ],
      30_000,
    ],
    [
      'or within half of a shorter time',
      'https://gw.example',
      { proxy: SOCKS },
      [
        {
          ...{ type: 'socks5', address: SOCKS, login: { ...login, user: SOCKS }, ca: [] },
          ...{ connectMs: 1000, greetingMs: 1000 },
        },
      ],
      2000,
    ],
    ['not at all by a proxy that is none', 'https://gw.example', { proxy: 'ftp://a' }, ['refused']],
    ['nor to this machine then', 'http://127.0.0.1:1', { proxy: 'ftp://a' }, ['refused']],
  ];
  for (const [what, address, route, opened, timeoutMs] of CASES) {
    it(`${what}: ${address}`, async () => {
      assert.deepEqual(await openedFor(address, route, timeoutMs), opened);
    });
  }
});

describe('an answer', () => {
  const answerOf = (bytes: number) => {
    const send = async () => ({
      status: 200,
      headers: new Headers(),
      body: (async function* () {
        yield Buffer.alloc(bytes, 'x');
      })(),
    });
    const { transport } = createTransports(
      {
        routeFor: () => ({ proxy: 'direct' }),
        proxyLoginFor: async () => undefined,
        readText: async () => '',
        timeoutMs: () => 10_000,
      },
      async () => ({ send, closeWhenIdle: async () => undefined, close: async () => undefined }),
    );
    return transport({ url: new URL('https://gw.example') });
  };

  it('may be two mebibytes long and no byte more', async () => {
    assert.equal((await answerOf(2_097_152)).text?.length, 2_097_152);
    await assert.rejects(answerOf(2_097_153), (error: unknown) => {
      return error instanceof GatewayError && error.failure.reason === 'too-large';
    });
  });
});
