import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { VersionName } from '../../sampleGateways/newApi/version.ts';
import type { GatewayOptions } from '../../sampleGateways/options.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { ask, askJson } from './ask.ts';

interface Page {
  data: { page: number; page_size: number; total: number; items: { id: number; key: string }[] };
}

describe('sample gateway: accounts', () => {
  let gateway: SampleGateway;
  afterEach(() => gateway.close());

  async function start(version: VersionName, options: GatewayOptions = {}): Promise<Record<string, string>> {
    const keys = Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`key ${i + 1}`, {}]));
    gateway = await startSampleGateway({ version, accounts: [{ name: 'team', keys }], ...options });
    return { Authorization: gateway.account('team').accessToken, 'New-Api-User': '1' };
  }

  async function said(path: string, headers: Record<string, string>): Promise<[number, string]> {
    const { status, text } = await ask(gateway.origin, path, headers);
    return [status, text];
  }

  it('before rc.22 wants a user id, and answers 200 to a wrong token', async () => {
    const good = await start('v1.0.0-rc.17');
    const { Authorization = '' } = good;
    assert.equal((await said('/api/user/self', good))[0], 200);
    assert.equal(
      (await said('/api/user/self', { ...good, Authorization: `Bearer ${Authorization}` }))[0],
      200,
    );
    assert.equal((await said('/api/user/self', { Authorization }))[0], 401);
    assert.equal((await said('/api/user/self', { Authorization, 'New-Api-User': 'me' }))[0], 401);
    assert.equal((await said('/api/user/self', { Authorization, 'New-Api-User': '7' }))[0], 401);
    const [status, text] = await said('/api/user/self', { ...good, Authorization: 'wrong' });
    assert.equal(status, 200);
    assert.ok(text.includes('"success":false') && text.includes('invalid access token'));
  });

  it('from rc.22 ignores the user id and answers 401 with a code', async () => {
    const { Authorization = '' } = await start('v1.0.0-rc.24');
    assert.equal((await said('/api/user/self', { Authorization, 'New-Api-User': 'nobody' }))[0], 200);
    assert.deepEqual(await said('/api/user/self', { Authorization: 'wrong' }), [
      401,
      '{"code":"AUTH_UNAUTHORIZED","message":"Unauthorized, invalid access token","success":false}',
    ]);
    gateway.account('team').banned = true;
    assert.ok((await said('/api/user/self', { Authorization }))[1].includes('AUTH_USER_DISABLED'));
  });

  it('takes an API key for a wrong access token', async () => {
    const good = await start('v1.0.0-rc.24');
    assert.equal((await said('/api/user/self', { ...good, Authorization: gateway.secret('key 1') }))[0], 401);
  });

  it('at CometAPI refuses an access token with Bearer before it', async () => {
    const { Authorization = '' } = await start('v1.0.0-rc.24', { kind: 'cometApi' });
    assert.equal((await said('/api/user/self', { Authorization }))[0], 200);
    assert.equal((await said('/api/user/self', { Authorization: `Bearer ${Authorization}` }))[0], 401);
  });

  it('pages from 1 with a total, newest first, masked', async () => {
    const good = await start('v1.0.0-rc.24');
    const page = (query: string) => askJson<Page>(gateway.origin, `/api/token/?${query}`, good);
    const first = (await page('p=1&page_size=20')).data;
    assert.deepEqual([first.page, first.page_size, first.total, first.items.length], [1, 20, 25, 20]);
    assert.equal(first.items[0]?.id, 25);
    assert.match(first.items[0]?.key ?? '', /^\w{4}\*{10}\w{4}$/);
    assert.equal((await page('p=2&page_size=20')).data.items.length, 5);
    assert.equal((await page('p=1&size=500')).data.page_size, 100);
    assert.equal((await page('')).data.page_size, 10);
  });

  for (const version of ['pre-0.9.0', 'one-api'] as const) {
    it(`pages from 0 as a bare array on ${version}`, async () => {
      const good = await start(version);
      const lengths: number[] = [];
      for (const p of [0, 1, 2, 3]) {
        lengths.push(
          (await askJson<{ data: unknown[] }>(gateway.origin, `/api/token/?p=${p}&page_size=100`, good)).data
            .length,
        );
      }
      assert.deepEqual(lengths, [10, 10, 5, 0]);
    });
  }

  it('shows whole keys at CometAPI', async () => {
    const good = await start('v1.0.0-rc.24', { kind: 'cometApi' });
    const page = await askJson<Page>(gateway.origin, '/api/token/?p=1&page_size=1', good);
    assert.equal(`sk-${page.data.items[0]?.key}`, gateway.secret('key 25'));
  });

  it('misbehaves on request', async () => {
    const good = await start('v1.0.0-rc.24');
    const ids = async (p: number): Promise<number[]> =>
      (await askJson<Page>(gateway.origin, `/api/token/?p=${p}&page_size=10`, good)).data.items.map(
        item => item.id,
      );
    gateway.settings.paging = 'repeats';
    assert.deepEqual(await ids(2), await ids(1));
    gateway.settings.paging = 'neverEnds';
    assert.equal((await ids(50)).length > 0, true);
    gateway.settings.paging = 'shuffled';
    const shuffled = await ids(1);
    assert.notDeepEqual(
      shuffled,
      [...shuffled].sort((a, b) => b - a),
    );
    assert.equal(new Set(shuffled).size, 10);
    gateway.settings.paging = 'faithful';
    gateway.settings.diesAtPage = 2;
    assert.equal((await ids(1)).length, 10);
    await assert.rejects(ids(2));
  });
});
