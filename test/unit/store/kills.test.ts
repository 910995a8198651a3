import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { killWriters } from '../support/killedWriters.ts';
import { seededChance } from '../support/seededChance.ts';

const KILLS = 4;

describe('a database whose writers are killed', () => {
  afterEach(removeTempFolders);

  it('opens, is sound, and holds every reading that was acknowledged', async function () {
    // Each writer is a process that has to start, which takes a while on a busy machine.
    this.timeout(120_000);
    const toll = await killWriters({ folder: tempFolder(), kills: KILLS, chance: seededChance(3) });
    assert.ok(toll.acknowledged > 0, `${toll.acknowledged} acknowledged`);
    const { lost, openFailures: unopened, integrityFailures: unsound } = toll;
    assert.deepEqual({ lost, unopened, unsound }, { lost: 0, unopened: 0, unsound: 0 });
  });
});
