import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { defaultSettings } from '../../../src/cli/defaultSettings.ts';
import type * as SettingsModule from '../../../src/vscode/host/settings.ts';
import { importWithStub } from '../support/vscodeStub.ts';

const { readSettings } = await importWithStub<typeof SettingsModule>('vscode/host/settings.ts');

describe('the settings of the command line', () => {
  it('are those of VS Code where nobody has set anything', () => {
    assert.deepEqual({ ...readSettings() }, { ...defaultSettings, listPriceRatio: undefined });
  });
});
