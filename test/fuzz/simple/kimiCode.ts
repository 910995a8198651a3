import * as fc from 'fast-check';
import { listJson, objectJson, wire } from '../wireValues.ts';
import type { SimpleFuzz } from './simpleFuzz.ts';

const number = fc.oneof(
  wire.number.map(each => JSON.stringify(each)),
  fc.constantFrom('"200"', '"-1"', '"999999999"', '0'),
);
const detail = objectJson({
  limit: number,
  used: number,
  remaining: number,
  resetTime: wire.time,
  reset_in: number,
});
const own = { status: 401, forms: ['typed', 'foreign error'], means: ['bad-key'] } as const;

export const kimiCodeFuzz: SimpleFuzz = {
  kind: 'kimiCode',
  title: 'Kimi Code',
  body: objectJson({
    usage: detail,
    limits: listJson(
      objectJson({
        window: objectJson({
          duration: fc.constantFrom('300', '5', '1', '"300"'),
          timeUnit: fc.constantFrom('"TIME_UNIT_MINUTE"', '"TIME_UNIT_DAY"', '"TIME_UNIT_MOON"'),
        }),
        detail,
      }),
    ),
  }),
  works: true,
  refusals: [
    { ...own, says: 'Invalid Authentication' },
    {
      ...own,
      says: 'The API Key appears to be invalid or may have expired. Please verify your credentials and try again.',
    },
  ],
};
