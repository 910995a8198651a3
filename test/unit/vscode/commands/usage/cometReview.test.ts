import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, it } from 'mocha';
import type { QuerySettings } from '../../../../sampleGateways/settings.ts';
import { VerifySetup } from '../../../gateways/verifySetup.ts';
import { removeTempFolders, tempFolder } from '../../../support/folders.ts';
import { sectionUnder, tableUnder } from '../../../support/markdownTables.ts';

describe('the budget review of CometAPI', () => {
  let rig: VerifySetup;
  afterEach(async () => {
    await rig.close();
    removeTempFolders();
  });

  const review = async (query: Partial<QuerySettings> = {}) => {
    rig = await VerifySetup.open(query);
    await rig.setup.testWindow.refreshKey(rig.queryKey.id);
    const folder = tempFolder();
    const order = { keys: [rig.queryKey.id], from: '2026-06-01', to: '2026-06-15', folder };
    await rig.setup.run('createBudgetReview', order);
    const read = (name: string) => readFile(join(folder, name), 'utf8');
    return { text: await read('review.md'), log: await read('verification.md') };
  };

  it('has the query service’s days and keys, and its balance', async () => {
    const { text } = await review();
    assert.deepEqual(tableUnder(text, 'By day'), [
      ['2026-06-10', '$0.15', '2'],
      ['2026-06-12', '$0.20', '1'],
    ]);
    assert.deepEqual(tableUnder(text, 'By key'), [
      ['bob', '$0.20', '1'],
      ['alice', '$0.15', '2'],
    ]);
    const [[, opening, , closing] = []] = tableUnder(text, 'Opening and closing balance');
    // $10.00, less $0.35 in the range and $0.01 before it.
    assert.deepEqual([opening, closing], ['not recorded', '$9.64']);
    assert.deepEqual(tableUnder(text, 'Reconciliation'), [['Finance', 'models unknown', '$0.35', '3']]);
    assert.match(
      sectionUnder(text, 'What could not be verified'),
      /^- Finance: Whole days are counted by the gateway’s dates; it does not say in which time zone\.$/m,
    );
    assert.doesNotMatch(text, /this test failed/);
  });

  it('names the tests that failed: the gateway accepted invalid dates', async () => {
    const { text, log } = await review({ acceptsAnyDate: true });
    assert.match(log, /^- FAILED: A malformed date is refused$/m);
    assert.match(
      sectionUnder(text, 'What could not be verified'),
      /^- Finance: this test failed: “A malformed date is refused”\. See verification\.md\.$/m,
    );
  });
});
