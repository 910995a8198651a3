import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import {
  addAccessToken,
  type BillingAnswer,
  type Freshness,
  keepFresh,
  openTeam,
} from '../../support/billedTeam.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';
import type { SharedMachine } from '../../support/sharedMachine.ts';

/** A day of this is `npm run bench -- --only freshness`. */
describe('the first hours of a team’s thirty keys on one New API', () => {
  let machine: SharedMachine;

  afterEach(async () => {
    await machine.close();
    removeTempFolders();
  });

  async function live(version: Parameters<typeof openTeam>[1], billing: BillingAnswer): Promise<Freshness> {
    machine = await openTeam(tempFolder(), version, billing);
    const seen = await keepFresh(machine, 2, 1.5 * HOUR);
    assert.deepEqual([seen.wrong, seen.refused], [[], 0]);
    return seen;
  }

  for (const version of ['v0.12.0', 'v1.0.0-rc.24'] as const) {
    it(`${version}: every figure is ten minutes old at most, for a few scarce calls`, async () => {
      const seen = await live(version, 'key');
      // Billing refuses them, so each costs a scarce call. Calls under way while the site's mode is not known can take one of
      // the first ten, by how fast they are answered: the last of them waits for the next.
      const late = seen.without.filter(handle => /^(?:used-up|expired)/.test(handle));
      assert.deepEqual([seen.without.length - late.length, late.length > 1], [0, false], `${seen.without}`);
      assert.ok(seen.gapMs <= 10 * MINUTE && seen.pinnedGapMs <= 10 * MINUTE, `${seen.gapMs} ms`);
      assert.ok(seen.firstScarce <= 10, `${seen.firstScarce} scarce calls at first`);
      assert.ok(seen.laterScarce <= 4, `${seen.laterScarce} scarce calls later`);
      assert.ok(seen.general <= 90, `${seen.general} other calls in three minutes`);
    }).timeout(120_000);
  }

  it('with an access token every figure is six minutes old at most, for hardly a scarce call', async () => {
    machine = await openTeam(tempFolder(), 'v0.12.0');
    await addAccessToken(machine);
    const seen = await keepFresh(machine, 2, 3 * HOUR);
    assert.deepEqual([seen.wrong, seen.refused, seen.without], [[], 0, []]);
    assert.ok(seen.gapMs <= 6 * MINUTE && seen.pinnedGapMs <= 6 * MINUTE, `${seen.gapMs} ms`);
    // A hundred a day are allowed. Twelve are made, and one more for an answer that comes late on a busy machine.
    assert.ok(seen.scarce <= 14, `${seen.scarce} scarce calls`);
    // One for each key that was used.
    assert.ok(seen.logs > 0 && seen.logs <= 29, `${seen.logs} calls for logs`);
  }).timeout(120_000);

  it('where billing tells the account’s figures they are as old as the scarce limiter lets them be', async () => {
    const seen = await live('v0.12.0', 'account');
    assert.ok(seen.pinnedGapMs <= 10 * MINUTE, `${seen.pinnedGapMs} ms`);
    assert.ok(seen.firstScarce <= 10 && seen.laterScarce <= 10);
  }).timeout(120_000);
});
