import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { figureText } from '../../../src/text/keyFigure.ts';
import { ROWS } from '../../replay/realServers.ts';
import { CAPTURED_AT, type ReplayServer, startReplayServer } from '../../replay/replayServer.ts';
import { ManualClock } from '../support/manualClock.ts';
import { TestWindow } from '../support/testWindow.ts';

describe('what a person reads of a key at a real server', () => {
  let server: ReplayServer;
  let testWindow: TestWindow;
  afterEach(async () => {
    await testWindow.close();
    await server.close();
  });

  for (const row of ROWS) {
    const { server: name, key, site, status, figure, advice } = row;
    it(`${name}, ${key}: ${figure ?? ''} ${status}`, async () => {
      const clock = new ManualClock(CAPTURED_AT);
      server = await startReplayServer(name, { prefer: site, clock: clock.now });
      testWindow = new TestWindow({ clock });
      const id = await testWindow.keyService.add({
        kind: 'newApi',
        credential: 'apiKey',
        label: 'Mine',
        baseUrl: server.origin,
        secret: server.secretOf(key),
      });
      const state = await testWindow.refreshKey(id);
      assert.equal(state.status, status);
      assert.match(state.failure?.message ?? '', advice ?? /^$/);
      const { reading } = state;
      assert.equal(reading === undefined, advice !== undefined, 'a refusal is no reading');
      if (!reading) return;
      if (figure !== undefined) assert.equal(figureText(state), figure);
      const { quota, expiresAt, models, source } = reading;
      assert.deepEqual(
        { used: quota?.used, unlimited: quota?.unlimited, expiresAt, models, source },
        {
          used: row.used,
          unlimited: row.unlimited ?? false,
          expiresAt: row.expiresAt,
          models: row.models,
          source: row.source,
        },
      );
    });
  }
});
