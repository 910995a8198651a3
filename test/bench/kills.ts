import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { killWriters } from '../unit/support/killedWriters.ts';
import { seededChance } from '../unit/support/seededChance.ts';
import type { Measure } from './measure.ts';

const KILLS = 100;

/** Processes that write and are killed at random moments: what was acknowledged as written is there. */
export const kills: Measure = {
  name: 'kills',
  title: `${KILLS} processes killed one after the other while they open the database and write readings`,
  async run({ quick }) {
    const folder = mkdtempSync(join(tmpdir(), 'key-quota-bench-'));
    try {
      const times = quick ? KILLS / 10 : KILLS;
      const toll = await killWriters({ folder, kills: times, chance: seededChance(1) });
      const {
        killedWhileWriting: midWrite,
        killedWhileOpening: opening,
        acknowledged,
        lost,
        openFailures: unopened,
        integrityFailures: unsound,
      } = toll;
      return [
        {
          what: `database not opened as it was left, after ${times} kills`,
          value: unopened,
          bound: 0,
          unit: '',
        },
        { what: 'database found damaged by its integrity check', value: unsound, bound: 0, unit: '' },
        { what: `readings lost of ${acknowledged} that were acknowledged`, value: lost, bound: 0, unit: '' },
        {
          what: `kills in the middle of a write (${opening} more while opening)`,
          value: midWrite,
          bound: times / 10,
          atLeast: true,
          unit: '',
        },
      ];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
