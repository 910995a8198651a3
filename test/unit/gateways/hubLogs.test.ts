import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { LogPage } from '../../../src/core/usage/logRow.ts';
import type { Usage } from '../../../src/core/usage/usage.ts';
import { capturedBody } from '../../replay/replayServer.ts';
import { type ScriptedServer, startScriptedServer } from '../../replay/scriptedServer.ts';
import { ManualClock } from '../support/manualClock.ts';
import { TestWindow } from '../support/testWindow.ts';

interface HubLog {
  readonly data: { readonly data: readonly object[]; readonly total_count: number };
}

/** The rows that were captured of done-hub, all on November 28, 2026, after 22:06 UTC. */
const ROWS = (capturedBody('done-hub', 'log-self') as HubLog).data.data;
/** November 28, 2026, 22:30 UTC. */
const NOW_SECONDS = 1_795_905_000;
const DAY = { from: Date.UTC(2026, 10, 28), to: Date.UTC(2026, 10, 29) - 1 };

describe('the log of an account at one-hub and done-hub', () => {
  let server: ScriptedServer;
  let testWindow: TestWindow;
  afterEach(async () => {
    await testWindow.close();
    await server.close();
  });

  async function ask<T>(ability: 'logs' | 'rangeByAccount', range = DAY): Promise<T> {
    server = await startScriptedServer(({ path, query }) => {
      if (path === '/api/status') return { body: capturedBody('done-hub', 'anon-status') };
      if (path === '/api/log/self/stat') return { body: { success: true, data: { quota: 100_000 } } };
      // As done-hub refuses the whole of a range that begins more than 180 days ago.
      const since = Number(query.get('start_timestamp') ?? NOW_SECONDS);
      if (since < NOW_SECONDS - 180 * 86_400) return { body: capturedBody('done-hub', 'log-self-too-old') };
      if (path !== '/api/log/self')
        return { status: 404, body: { error: { message: `Invalid URL (GET ${path})` } } };
      const [page, size] = [Number(query.get('page')), Number(query.get('size'))];
      const data = ROWS.slice((page - 1) * size, page * size);
      return { body: { success: true, message: '', data: { data, page, size, total_count: ROWS.length } } };
    });
    testWindow = new TestWindow({ clock: new ManualClock(NOW_SECONDS * 1000) });
    const draft = {
      kind: 'newApi',
      credential: 'accessToken',
      label: 'hub',
      baseUrl: server.origin,
    } as const;
    const id = await testWindow.keyService.add({ ...draft, secret: 'patpatpatpatCANARYpatpatpatpat00' });
    const key = testWindow.keyService.findById(id) ?? assert.fail();
    const answer = await testWindow.keyRequests.run(key, ability, async (gateway, context) =>
      ability === 'logs'
        ? gateway.readLogs?.(context, { page: 1, pageSize: 50 })
        : gateway.readUsage?.(context, range),
    );
    return answer as T;
  }

  it('is shown row by row, with seconds in place of milliseconds', async () => {
    const { rows, summary } = await ask<LogPage>('logs');
    assert.deepEqual(
      rows.map(({ keyName, model, amount, seconds }) => [keyName, model, amount, seconds]),
      [
        ['modelonly', 'gpt-4o-mini', 0.12, 0.007],
        ['small', 'gpt-4o', 0.08, 0.112],
      ],
    );
    assert.equal(summary?.used, 0.2);
  });

  it('is summed for a range by key and model, though all row ids are 0', async () => {
    const usage = await ask<Usage>('rangeByAccount');
    assert.equal(usage.total?.used, 0.2);
    assert.deepEqual(
      usage.byKey?.map(({ name, used }) => [name, used]),
      [
        ['modelonly', 0.12],
        ['small', 0.08],
      ],
    );
    assert.equal(usage.coverage.complete, true);
  });

  const since = (days: number) => ({ from: (NOW_SECONDS - days * 86_400) * 1000, to: NOW_SECONDS * 1000 });

  it('of a year is told for the 180 days for which done-hub lets it be asked, and says so', async () => {
    const usage = await ask<Usage>('rangeByAccount', since(365));
    assert.equal(usage.total?.used, 0.2);
    const { complete, from, reason } = usage.coverage;
    // 180 days before 22:30 on November 28 is June 1; an hour of them is left for clocks that differ.
    assert.deepEqual([complete, from, reason], [false, '2026-06-01T23:30:00.000Z', 'log-days']);
  });

  it('of days that are too old is not known, and not asked for', async () => {
    const usage = await ask<Usage>('rangeByAccount', { from: since(400).from, to: since(200).from });
    assert.deepEqual([usage.total, usage.coverage], [undefined, { complete: false, reason: 'log-days' }]);
    assert.ok(!server.asked.some(line => line.includes('/api/log/self')));
  });
});
