import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { LogPage } from '../../../src/core/usage/logRow.ts';
import type { Usage } from '../../../src/core/usage/usage.ts';
import { capturedBody } from '../../replay/replayServer.ts';
import { type ScriptedServer, startScriptedServer } from '../../replay/scriptedServer.ts';
import { TestWindow } from '../support/testWindow.ts';

interface HubLog {
  readonly data: { readonly data: readonly object[]; readonly total_count: number };
}

/** The rows that were captured of done-hub, all on November 28, 2026, after 22:06 UTC. */
const ROWS = (capturedBody('done-hub', 'log-self') as HubLog).data.data;
const DAY = { from: Date.UTC(2026, 10, 28), to: Date.UTC(2026, 10, 29) - 1 };

describe('the log of an account at one-hub and done-hub', () => {
  let server: ScriptedServer;
  let testWindow: TestWindow;
  afterEach(async () => {
    await testWindow.close();
    await server.close();
  });

  async function ask<T>(ability: 'logs' | 'rangeByAccount'): Promise<T> {
    server = await startScriptedServer(({ path, query }) => {
      if (path === '/api/status') return { body: capturedBody('done-hub', 'anon-status') };
      if (path === '/api/log/self/stat') return { body: { success: true, data: { quota: 100_000 } } };
      if (path !== '/api/log/self')
        return { status: 404, body: { error: { message: `Invalid URL (GET ${path})` } } };
      const [page, size] = [Number(query.get('page')), Number(query.get('size'))];
      const data = ROWS.slice((page - 1) * size, page * size);
      return { body: { success: true, message: '', data: { data, page, size, total_count: ROWS.length } } };
    });
    testWindow = new TestWindow();
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
        : gateway.readUsage?.(context, DAY),
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
});
