import * as fc from 'fast-check';
import { listJson, objectJson, wire } from '../wireValues.ts';
import type { SimpleFuzz } from './simpleFuzz.ts';

const status = fc.constantFrom('1', '3', '2', 'null');
const row = objectJson({
  model_name: fc.constantFrom('"general"', '"MiniMax-M2"', '"video"', '7'),
  start_time: wire.time,
  end_time: wire.time,
  remains_time: wire.number,
  current_interval_total_count: wire.number,
  current_interval_usage_count: wire.number,
  current_interval_status: status,
  current_interval_remaining_percent: wire.number,
  weekly_end_time: wire.time,
  current_weekly_total_count: wire.number,
  current_weekly_usage_count: wire.number,
  current_weekly_status: status,
  current_weekly_remaining_percent: wire.number,
});

export const miniMaxFuzz: SimpleFuzz = {
  kind: 'miniMax',
  title: 'MiniMax',
  body: objectJson({
    model_remains: listJson(row),
    base_resp: objectJson({ status_code: fc.constantFrom('0', '0', '1004'), status_msg: wire.text }),
  }),
  baseUrls: ['https://api.minimaxi.com', 'https://api.minimax.io'],
  works: true,
  refusals: [
    {
      status: 401,
      // The type may stand where others have a code, and the other way round.
      forms: ['typed', 'foreign error'],
      says: 'invalid api key (2049)',
      code: 'authorized_error',
      means: ['bad-key'],
    },
  ],
};
