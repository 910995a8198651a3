import type { Measure } from './measure.ts';
import { officeDays } from './team/officeDays.ts';

/** What a team has of a server: `key-quota serve`. */
export const team: Measure = {
  name: 'team',
  title: 'a team’s server: 40 machines behind one address, 25 keys on one New API',
  async run({ quick }) {
    return await officeDays(quick);
  },
};
