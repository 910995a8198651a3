import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type * as UseTool from '../../../../src/vscode/tools/useTool.ts';
import { importWithStub } from '../../support/vscodeStub.ts';

describe('what a person reads while an agent asks', () => {
  it('says of each tool what it does', async () => {
    const { prepareTool } = await importWithStub<typeof UseTool>('vscode/tools/useTool.ts');
    assert.deepEqual(prepareTool('keyQuota_getQuota'), {
      invocationMessage: 'Checking what is left on your API keys',
    });
    assert.deepEqual(prepareTool('keyQuota_queryUsage'), {
      invocationMessage: 'Asking what your API keys spent',
    });
  });
});
