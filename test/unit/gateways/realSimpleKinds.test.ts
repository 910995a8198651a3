import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { remainingOf } from '../../../src/core/quota/quotaWindow.ts';
import { figureText } from '../../../src/text/keyFigure.ts';
import { type CapturedServer, startCapturedServer } from '../../replay/capturedServer.ts';
import { ManualClock } from '../support/manualClock.ts';
import { TestWindow } from '../support/testWindow.ts';
import { SIMPLE_PROOFS } from './simple/proofs.ts';

for (const { kind, credential = 'apiKey', captured } of SIMPLE_PROOFS) {
  if (!captured) continue;
  describe(`what a person reads of a key at a real ${captured.server}`, () => {
    let server: CapturedServer;
    let testWindow: TestWindow;
    afterEach(async () => {
      await testWindow.close();
      await server.close();
    });

    for (const [capture, expected] of Object.entries(captured.keys))
      it(`${capture}: ${expected.figure ?? ''} ${expected.status}`, async () => {
        server = await startCapturedServer(captured.server, captured.otherwise, [], capture);
        testWindow = new TestWindow({ clock: new ManualClock(Date.parse('2026-11-28T21:55:00Z')) });
        const secret = server.secretOf(capture);
        const id = await testWindow.keyService.add({
          kind,
          credential,
          label: 'Mine',
          baseUrl: server.origin,
          secret,
        });
        const state = await testWindow.refreshKey(id);
        const { status, advice, ...told } = expected;
        assert.equal(state.status, status);
        assert.match(state.failure?.message ?? '', advice ?? /^$/);
        const { reading } = state;
        assert.equal(reading === undefined, advice !== undefined, 'a refusal is no reading');
        if (!reading) return;
        const windows = reading.windows?.map(window =>
          [window.scope, window.scopeName, window.name, remainingOf(window)]
            .filter(part => part !== undefined)
            .join(' '),
        );
        assert.deepEqual(
          { figure: figureText(state), windows, expiresAt: reading.expiresAt },
          { windows: undefined, expiresAt: undefined, ...told },
        );
      });
  });
}
