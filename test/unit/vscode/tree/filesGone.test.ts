import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { describe, it } from 'mocha';
import type * as Trees from '../../../../src/vscode/tree/tree.ts';
import { NOW } from '../../support/samples.ts';
import { importWithStub } from '../../support/vscodeStub.ts';

/** The tree as its own module, so that other tests have not loaded its lines. */
const TREE = 'vscode/tree/tree.ts?files-gone';

describe('the tree while files of the extension are gone', () => {
  it('cancels what VS Code asks, which would else show its error beside the notification', async () => {
    const { KeyTree } = await importWithStub<typeof Trees>(TREE);
    const hooks = registerHooks({
      resolve: (specifier, context, next) => {
        if (specifier === './keyLines.ts' && context.parentURL?.endsWith(TREE))
          throw Object.assign(new Error('Cannot find module /gone'), { code: 'ERR_MODULE_NOT_FOUND' });
        return next(specifier, context);
      },
    });
    const tree = new KeyTree(
      () => NOW,
      () => undefined,
    );
    try {
      await assert.rejects(tree.getChildren(), ({ constructor: { name }, message }: Error) => {
        assert.deepEqual([name, message], ['CancellationError', '']);
        return true;
      });
    } finally {
      hooks.deregister();
      tree.dispose();
    }
  });
});
