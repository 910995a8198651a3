import type { Measure } from './measure.ts';
import { killedServer } from './team/killedServer.ts';
import { lowKeyAlert } from './team/lowKeyAlert.ts';
import { officeDays } from './team/officeDays.ts';
import { thousandKeys } from './team/thousandKeys.ts';

const KILLS = 50;

/** `key-quota serve` for a team: speed, memory, crashes and alerts. */
export const team: Measure = {
  name: 'team',
  title:
    'a team’s server: 40 machines behind one address, 25 keys on one New API; the built command, 1,000 keys',
  async run({ quick }) {
    return [
      ...(await officeDays(quick)),
      ...(await lowKeyAlert()),
      ...(await thousandKeys(quick)),
      ...(await killedServer(quick ? KILLS / 5 : KILLS)),
    ];
  },
};
