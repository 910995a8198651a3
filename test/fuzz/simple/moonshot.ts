import * as fc from 'fast-check';
import { objectJson, wire } from '../wireValues.ts';
import type { SimpleFuzz } from './simpleFuzz.ts';

export const moonshotFuzz: SimpleFuzz = {
  kind: 'moonshot',
  title: 'Moonshot AI',
  body: objectJson({
    code: fc.constantFrom('0', '0', '0', '5'),
    data: objectJson({
      available_balance: wire.number,
      voucher_balance: wire.number,
      cash_balance: wire.number,
    }),
    scode: fc.constantFrom('"0x0"', '"0x5"'),
    status: fc.constantFrom('true', 'true', 'false'),
  }),
  baseUrls: ['https://api.moonshot.cn', 'https://api.moonshot.ai'],
  refusals: [
    {
      status: 401,
      // The type may stand where others have a code, and the other way round.
      forms: ['typed', 'foreign error'],
      says: 'Invalid Authentication',
      code: 'invalid_authentication_error',
      means: ['bad-key'],
    },
  ],
};
