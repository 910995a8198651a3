import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { Usage } from '../../../src/core/usage/usage.ts';
import { type ScriptedServer, startScriptedServer } from '../../replay/scriptedServer.ts';
import { accessTokenFor } from '../../sampleGateways/secrets.ts';
import { ManualClock } from '../support/manualClock.ts';
import { TestWindow } from '../support/testWindow.ts';

const NOON = Date.UTC(2026, 5, 15, 12);
const ROWS = Array.from({ length: 250 }, (_, i) => ({
  id: 250 - i,
  created_at: NOON / 1000 - 7200 - i * 5,
  type: 2,
  quota: 1000,
}));

/** What the log counts beside the rows of a page. */
const COUNTS: Readonly<Record<string, (sent: readonly unknown[], size: number) => object>> = {
  'the rows of the page alone': sent => ({ total: sent.length }),
  'the rows of a full page, always': (_, size) => ({ total: size }),
  nothing: () => ({ total: null }),
  'all rows': () => ({ total: ROWS.length }),
};

describe('the log of an account that counts', () => {
  let server: ScriptedServer;
  let testWindow: TestWindow;
  afterEach(async () => {
    await testWindow.close();
    await server.close();
  });

  for (const size of [100, 20]) {
    for (const [name, count] of Object.entries(COUNTS)) {
      it(`${name}, ${size} on a page: all 250 rows are summed`, async () => {
        server = await startScriptedServer(({ path, query }) => {
          if (path === '/api/status') return { body: { success: true, data: { quota_per_unit: 500_000 } } };
          if (path !== '/api/log/self')
            return { status: 404, body: { error: { message: `Invalid URL (GET ${path})` } } };
          const page = Number(query.get('p'));
          const items = ROWS.slice((page - 1) * size, page * size);
          return { body: { success: true, data: { items, ...count(items, size) } } };
        });
        testWindow = new TestWindow({ clock: new ManualClock(NOON) });
        const draft = { kind: 'newApi', credential: 'accessToken', userId: '7', label: 'team' } as const;
        const secret = accessTokenFor('odd logs');
        const key = testWindow.keyService.findById(
          await testWindow.keyService.add({ ...draft, baseUrl: server.origin, secret }),
        );
        const range = { from: NOON - 86_400_000, to: NOON - 3_600_000 };
        const usage = (await testWindow.keyRequests.run(
          key ?? assert.fail(),
          'rangeByAccount',
          async (it, context) => it.readUsage?.(context, range),
        )) as Usage;
        assert.deepEqual([usage.total?.used, usage.coverage.complete], [0.5, true]);
      });
    }
  }
});
