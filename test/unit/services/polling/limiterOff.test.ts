import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { keepFresh, openTeam } from '../../support/billedTeam.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';
import type { SharedMachine } from '../../support/sharedMachine.ts';

describe('a gateway whose limiters are off, which never refuses a call', () => {
  let machine: SharedMachine;

  afterEach(async () => {
    await machine.close();
    removeTempFolders();
  });

  for (const [billing, scarceAtFirst, scarceLater] of [
    ['key', 10, 4],
    ['closed', 10, 10],
  ] as const) {
    it(`gets no more calls than one with them where billing is ${billing === 'key' ? 'open' : billing}`, async () => {
      machine = await openTeam(tempFolder(), 'v0.12.0', billing, { limits: 'off' });
      const seen = await keepFresh(machine, 2, HOUR);
      assert.deepEqual([seen.wrong, seen.refused], [[], 0]);
      assert.ok(seen.firstScarce <= scarceAtFirst, `${seen.firstScarce} scarce calls at first`);
      assert.ok(seen.laterScarce <= scarceLater, `${seen.laterScarce} scarce calls later`);
      assert.ok(seen.general <= 90, `${seen.general} other calls in three minutes`);
      if (billing === 'key') assert.ok(seen.gapMs <= 10 * MINUTE, `${seen.gapMs} ms`);
    }).timeout(120_000);
  }
});
