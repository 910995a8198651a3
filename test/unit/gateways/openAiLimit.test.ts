import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { figureText } from '../../../src/text/keyFigure.ts';
import { type ScriptedServer, startScriptedServer } from '../../replay/scriptedServer.ts';
import { secretFor } from '../../sampleGateways/secrets.ts';
import { ManualClock } from '../support/manualClock.ts';
import { TestWindow } from '../support/testWindow.ts';

const JUNE_1 = Date.UTC(2026, 5, 1) / 1000;
const COSTS = {
  data: [{ start_time: JUNE_1, results: [{ amount: { value: 3.25, currency: 'usd' } }] }],
  has_more: false,
};

describe('a limit of an organization at OpenAI', () => {
  let server: ScriptedServer;
  let testWindow: TestWindow;
  afterEach(async () => {
    await testWindow.close();
    await server.close();
  });

  const LIMITS: readonly [limit: object, figure: string | undefined, isUnreadable: boolean][] = [
    [{ threshold_amount: 1250, currency: 'USD', interval: 'month' }, '$9.25 (organization, month)', false],
    [{ threshold_amount: null }, undefined, false],
    [{ threshold_amount: 1250, currency: 'EUR', interval: 'month' }, undefined, true],
    [{ threshold_amount: 1250, currency: 'USD', interval: 'day' }, undefined, true],
    [{ threshold_amount: '1,250', currency: 'USD', interval: 'month' }, undefined, true],
    [{ amount: 1250 }, undefined, true],
  ];
  for (const [limit, figure, isUnreadable] of LIMITS) {
    it(`${JSON.stringify(limit)} leaves ${figure}${isUnreadable ? ', and is told as unreadable' : ''}`, async () => {
      server = await startScriptedServer(({ path }) => ({ body: path.endsWith('/costs') ? COSTS : limit }));
      testWindow = new TestWindow({ clock: new ManualClock(Date.UTC(2026, 5, 15, 12)) });
      const id = await testWindow.keyService.add({
        ...{ kind: 'openAi', credential: 'managementKey', label: 'Org', baseUrl: server.origin },
        secret: secretFor('limit of an organization'),
      });
      const state = await testWindow.refreshKey(id);
      assert.deepEqual(
        [figureText(state), state.reading?.windows?.[0]?.used, state.reading?.unreadable],
        [figure, 3.25, isUnreadable ? ['budget'] : undefined],
      );
    });
  }
});
