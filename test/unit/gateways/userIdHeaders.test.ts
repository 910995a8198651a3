import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { USER_ID_HEADERS } from '../../../src/gateways/newApi/relatives.ts';
import { firstUserIdHeaders, headerNamedIn } from '../../../src/gateways/newApi/userIdHeader.ts';
import {
  type ScriptedRequest,
  type ScriptedServer,
  startScriptedServer,
} from '../../replay/scriptedServer.ts';
import { accessTokenFor } from '../../sampleGateways/secrets.ts';
import { TestWindow } from '../support/testWindow.ts';

const NO_KEYS = { page: 1, page_size: 100, total: 0, items: [] };

describe('the header for an account’s user id', () => {
  let server: ScriptedServer;
  let testWindow: TestWindow;
  const seen: ScriptedRequest[] = [];
  afterEach(async () => {
    seen.length = 0;
    await testWindow.close();
    await server.close();
  });

  /** A site that wants the user id 7 in this header, and what it says without. */
  async function account(wanted: string, says: string, name = 'Some Site', userId = '7') {
    server = await startScriptedServer(request => {
      const { path, headers } = request;
      if (path === '/api/status')
        return { body: { success: true, data: { system_name: name, quota_per_unit: 5e5 } } };
      seen.push(request);
      if (headers[wanted.toLowerCase()] !== '7')
        return { status: 401, body: { success: false, message: says } };
      return { body: { success: true, data: path === '/api/token/' ? NO_KEYS : { quota: 500_000 } } };
    });
    testWindow = new TestWindow();
    const secret = accessTokenFor(wanted);
    const key = {
      kind: 'newApi',
      credential: 'accessToken',
      label: 'Mine',
      baseUrl: server.origin,
      secret,
    } as const;
    const id = await testWindow.keyService.add({ ...key, userId: userId || undefined });
    return testWindow.refreshKey(id);
  }

  for (const wanted of USER_ID_HEADERS) {
    it(`${wanted}: sent when the site names it, and from then on at once`, async () => {
      const state = await account(wanted, `无权进行此操作，未提供 ${wanted}`);
      assert.equal(state.reading?.account?.balance, 1);
      const calls = seen.length;
      assert.equal(calls, wanted === 'New-Api-User' ? 2 : 3);
      await testWindow.refreshKey(state.id);
      assert.equal(seen.length, calls + 2, 'no second try');
    });

    it(`${wanted}: sent when the site only says that nobody is signed in`, async () => {
      const state = await account(wanted, '未登录');
      assert.equal(state.reading?.account?.balance, 1);
    });
  }

  for (const [name, wanted] of [
    ['Veloera', 'Veloera-User'],
    ['My VoAPI', 'voapi-user'],
    ['V-API', 'X-Api-User'],
    ['Rix API', 'Rix-Api-User'],
    ['Neo', 'neo-api-user'],
  ] as const) {
    it(`${name}: sent at once, because the site’s name tells`, async () => {
      await account(wanted, `未提供 ${wanted}`, name);
      assert.equal(seen.length, 2);
    });
  }

  for (const named of ['Acme-Proxy-User', 'X-Forwarded-User']) {
    it(`${named} is never sent, and the sentence says what there is to do`, async () => {
      const state = await account(named, `Unauthorized, ${named} not provided`);
      assert.equal(state.status, 'unknown');
      assert.match(state.failure?.message ?? '', /header .* does not know.*API key/);
      assert.match(state.failure?.message ?? '', new RegExp(named));
      assert.ok(seen.every(({ headers }) => headers[named.toLowerCase()] === undefined));
    });
  }

  it('a request for the id in Authorization changes nothing that is sent', async () => {
    await account('Authorization', 'Authorization not provided');
    const secret = accessTokenFor('Authorization');
    assert.ok(seen.every(({ headers }) => headers.authorization === secret));
  });

  it('no id that was not entered is sent, and it is asked for', async () => {
    const state = await account('Veloera-User', '未提供 Veloera-User', 'Veloera', '');
    assert.match(state.failure?.message ?? '', /numeric user ID/);
    assert.equal(seen.length, 1);
    assert.ok(seen.every(({ headers }) => headers['veloera-user'] === undefined));
  });

  it('is one of those we know, whatever a note says that another version or a damaged file has left', () => {
    const headersBy = (userIdHeaders: unknown) =>
      firstUserIdHeaders({ notes: () => ({ userIdHeaders }) as never, site: undefined });
    assert.deepEqual(headersBy(['VELOERA-USER']), ['Veloera-User']);
    assert.deepEqual(headersBy(['Authorization', 'veloera-user', 7]), ['Veloera-User']);
    for (const noted of [['X-Forwarded-User'], [], 'Authorization', null]) {
      assert.deepEqual(headersBy(noted), ['New-Api-User']);
    }
  });

  it('reads the name out of what sites say', () => {
    assert.equal(headerNamedIn('无权进行此操作，未提供 Veloera-User'), 'Veloera-User');
    assert.equal(headerNamedIn('Unauthorized, NEW-API-USER does not match'), 'New-Api-User');
    assert.equal(headerNamedIn('未提供Rix-Api-User'), 'Rix-Api-User');
    assert.equal(headerNamedIn('missing user-id'), 'User-id');
    assert.equal(headerNamedIn('Invalid token'), undefined);
    assert.equal(headerNamedIn('该用户不存在 (user)'), undefined);
  });
});
