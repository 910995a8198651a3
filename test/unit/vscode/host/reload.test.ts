import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, describe, it } from 'mocha';
import { lazyImport } from '../../../../src/core/lazyImport.ts';
import { GatewayError } from '../../../../src/core/quota/failure.ts';
import type * as Reload from '../../../../src/vscode/host/reload.ts';
import { importWithStub, vscodeStub } from '../../support/vscodeStub.ts';

const SENTENCE = 'Key Quota was updated or removed while this window was open. Reload the window.';

const { prepareForGoneFiles } = await importWithStub<typeof Reload>('vscode/host/reload.ts');

describe('files of the extension that are gone', () => {
  afterEach(() => {
    vscodeStub.person = {};
  });

  for (const [pressed, follows] of [
    [undefined, []],
    ['Reload Window', [['a command', 'workbench.action.reloadWindow', []]]],
  ] as const) {
    it(`are told once, and the window is ${pressed ? '' : 'not '}reloaded after ${pressed ?? 'nothing was pressed'}`, async () => {
      Object.assign(vscodeStub, { shown: [], handed: [], person: { asked: () => pressed } });
      prepareForGoneFiles();
      const load = () => lazyImport(() => import(new URL('./gone.ts', import.meta.url).href));
      for (let time = 0; time < 2; time++)
        await assert.rejects(
          load,
          (error: unknown) => error instanceof GatewayError && error.message === SENTENCE,
        );
      await turn();
      assert.deepEqual(vscodeStub.shown, [SENTENCE, '', 'Reload Window']);
      assert.deepEqual(vscodeStub.handed, follows);
    });
  }
});
