import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Route } from '../../src/core/ports/settings.ts';
import type { KeyState } from '../../src/core/quota/keyState.ts';
import { startHttpProxy, type TestProxy } from '../proxy/httpProxy.ts';
import { forwardPort } from '../proxy/portForward.ts';
import { startSocksProxy } from '../proxy/socksProxy.ts';
import { type SampleGateway, startSampleGateway } from '../sampleGateways/server.ts';
import { BILLS_ACCOUNT } from '../sampleGateways/settings.ts';
import { picture } from './support/pictures.ts';
import { CONTAINER, removeAllKeys, VIEW } from './support/product.ts';
import { useStage } from './support/stageInUse.ts';
import { readTreeRow } from './workbench/tree.ts';
import { openViewContainer } from './workbench/viewContainer.ts';

const HOST = 'gateway.lan';
const USAGE = '/api/usage/token/';
const PROXIES = {
  http: () => startHttpProxy({ hosts: hosts() }),
  https: () => startHttpProxy({ hosts: hosts(), tls: 'selfSigned' }),
  socks5: () => startSocksProxy({ hosts: hosts() }),
} as const;
/** What the proxies alone know: where the gateway is that nobody else can find. */
let plainPort = 0;
const hosts = () => ({ [HOST]: plainPort });

/** What users install, in the real VS Code, by every way a request can take: shown by what the other ends saw. */
describe('the package', () => {
  const stage = useStage({
    packaged: true,
    fleet: { limits: 'off' },
    extensions: [join(import.meta.dirname, 'program')],
  });
  let safe: SampleGateway;
  let plain: SampleGateway;
  let caFile: string;
  const usages = (gateway: SampleGateway) => gateway.callsOf({ path: USAGE }).length;

  /** Adds a key with this route for its gateway, asks about it and returns what came of it. */
  async function check(gateway: SampleGateway, origin: string, route: Route): Promise<KeyState> {
    const { pilot } = stage();
    await pilot.setting('keyQuota.gateways', { [origin]: route });
    const draft = { label: 'Routed', kind: 'newApi', origin, secret: gateway.secret('ok') };
    const { id } = await pilot.command<{ id: string }>('keyQuota.addKey', draft);
    const [state] = await pilot.command<KeyState[]>('keyQuota.refresh', id);
    assert.ok(state);
    return state;
  }

  const isRead = ({ failure, reading }: KeyState) => {
    assert.equal(failure?.message, undefined);
    assert.equal(reading?.quota?.remaining, 0.2);
  };

  before(async () => {
    safe = await startSampleGateway({ tls: 'ownCa', settings: BILLS_ACCOUNT });
    plain = await startSampleGateway({ settings: BILLS_ACCOUNT });
    plainPort = Number(new URL(plain.origin).port);
    caFile = join(stage().home, 'ca.pem');
    await writeFile(caFile, safe.ca ?? '');
    await openViewContainer(stage().page, CONTAINER);
  });
  afterEach(async () => {
    await removeAllKeys(stage());
    await stage().pilot.setting('keyQuota.gateways');
    await stage().pilot.setting('http.proxy');
  });
  after(async () => {
    await safe?.close();
    await plain?.close();
  });

  it('has no file that cannot be loaded', async () => {
    const troubles = await stage().pilot.command<Record<string, string>>('program.loadEverything');
    const names = Object.keys(troubles);
    assert.ok(
      names.some(name => name.includes('customRoute')) && names.includes('extension.cjs'),
      String(names),
    );
    assert.deepEqual(Object.fromEntries(Object.entries(troubles).filter(([, trouble]) => trouble)), {});
  });

  for (const proxy of ['default', 'direct']) {
    it(`asks by ${proxy} with a certificate file`, async () => {
      const before = usages(safe);
      isRead(await check(safe, safe.origin, { proxy, caFile }));
      assert.equal(usages(safe), before + 1);
    });

    it(`sends nothing by ${proxy} without it, and says so in the tree`, async () => {
      const before = safe.calls.length;
      const { failure } = await check(safe, safe.origin, { proxy });
      assert.match(failure?.message ?? '', /certificate of .* is not trusted.*set caFile/);
      assert.equal(safe.calls.length, before);
      const { page } = stage();
      await readTreeRow(page, VIEW, 'Routed', `certificate not trusted · ${new URL(safe.origin).host}`);
      await picture(page, `certificate-${proxy}`);
    });
  }

  for (const kind of ['http', 'https', 'socks5'] as const) {
    const address = ({ port }: TestProxy) => `${kind}://127.0.0.1:${port}`;
    const how = kind === 'socks5' ? 'socks5' : 'connect';

    it(`asks by a proxy of ${kind} with a certificate file, which can read nothing of it`, async () => {
      const proxy = await PROXIES[kind]();
      await writeFile(caFile, `${safe.ca}${proxy.ca ?? ''}`);
      const before = usages(safe);
      isRead(await check(safe, safe.origin, { proxy: address(proxy), caFile }));
      assert.equal(usages(safe), before + 1);
      const target = new URL(safe.origin).host;
      const seen = proxy.seenRequests.map(({ how, target, outcome, carriedSecret }) =>
        [how, target, outcome, carriedSecret].join(' '),
      );
      assert.deepEqual([...new Set(seen)], [`${how} ${target} connected false`]);
      await proxy.close();
    });

    it(`asks by a proxy of ${kind} without one`, async () => {
      const proxy = await PROXIES[kind]();
      const before = [usages(safe), usages(plain)];
      const origin = `http://${HOST}`;
      const { failure, reading } = await check(plain, origin, { proxy: address(proxy), allowHttp: true });
      if (kind === 'https') {
        assert.match(failure?.message ?? '', /certificate of the proxy set for .* is not trusted.*caFile/);
        assert.deepEqual(proxy.seenRequests, []);
        assert.deepEqual([usages(safe), usages(plain)], before);
        await readTreeRow(stage().page, VIEW, 'Routed', `proxy’s certificate not valid · ${HOST}`);
      } else {
        isRead({ failure, reading } as KeyState);
        assert.equal(usages(plain), (before[1] ?? 0) + 1);
        const ways = new Set(
          proxy.seenRequests.map(({ how, target }) => `${how} ${target.replace(/:80$/, '')}`),
        );
        assert.deepEqual([...ways], [`${kind === 'socks5' ? 'socks5' : 'plain'} ${HOST}`]);
      }
      await proxy.close();
    });
  }

  it("asks by VS Code's own proxy by default", async () => {
    const proxy = await PROXIES.http();
    await stage().pilot.setting('http.proxy', `http://127.0.0.1:${proxy.port}`);
    const before = usages(plain);
    isRead(await check(plain, `http://${HOST}`, { allowHttp: true }));
    assert.equal(usages(plain), before + 1);
    assert.deepEqual(
      [...new Set(proxy.seenRequests.map(({ target }) => target.replace(/:80$/, '')))],
      [HOST],
    );
    await proxy.close();
  });

  // macOS has no loopback address but the first.
  const ours = process.platform === 'darwin' ? ['127.0.0.1'] : ['127.0.0.1', '127.0.0.2'];
  for (const host of [...ours, 'localhost', 'gateway.localhost']) {
    it(`asks ${host} over plain http without any proxy`, async () => {
      const proxy = await PROXIES.http();
      const forward = await forwardPort(host.startsWith('127') ? host : '127.0.0.1', plainPort);
      await stage().pilot.setting('http.proxy', `http://127.0.0.1:${proxy.port}`);
      const before = usages(plain);
      isRead(await check(plain, `http://${host}:${forward.port}`, {}));
      assert.equal(usages(plain), before + 1);
      assert.ok(forward.connections > 0);
      assert.deepEqual(proxy.seenRequests, []);
      await forward.close();
      await proxy.close();
    });
  }
});
