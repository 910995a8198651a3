import assert from 'node:assert/strict';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { after, before, describe, it } from 'mocha';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { routedTransports } from '../support/routedTransports.ts';

const NO_LOGIN = Buffer.from([5, 0]);
const CONNECTED = Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 80]);

/** A SOCKS proxy that sends these replies, one for each thing it is told, and then closes the connection. */
async function startProxy(replies: readonly Buffer[]): Promise<Server> {
  const server = createServer((client: Socket) => {
    const left = [...replies];
    client.on('error', () => client.destroy());
    client.on('data', () => {
      const next = left.shift();
      if (next) client.write(next);
      else client.end();
    });
    if (replies.length === 0) client.end();
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return server;
}

describe('a SOCKS proxy that closes the connection', () => {
  let gateway: SampleGateway;

  before(async () => {
    gateway = await startSampleGateway({ tls: 'ownCa' });
  });

  after(() => gateway.close());

  for (const [what, replies, reason] of [
    ['at once', [], 'proxy'],
    ['after the greeting', [NO_LOGIN], 'proxy'],
    [
      'through its tunnel is not blamed, for that may be the gateway',
      [NO_LOGIN, CONNECTED],
      'connection-broken',
    ],
  ] as const) {
    it(`${what}`, async () => {
      const proxy = await startProxy(replies);
      const { port } = proxy.address() as AddressInfo;
      const route = routedTransports(() => ({ proxy: `socks5://127.0.0.1:${port}` }));
      try {
        assert.equal(await route.ask(gateway), reason);
        assert.deepEqual(gateway.calls, []);
      } finally {
        await route.close();
        proxy.close();
      }
    });
  }
});
