import * as fc from 'fast-check';
import { listJson, objectJson, wire } from '../wireValues.ts';
import type { SimpleFuzz } from './simpleFuzz.ts';

const row = objectJson({
  currency: fc.constantFrom('"CNY"', '"USD"', '"USD"', '"EUR"', 'null'),
  total_balance: wire.number.map(number => JSON.stringify(number)),
  granted_balance: wire.text,
  topped_up_balance: wire.text,
});

const own = {
  status: 401,
  // The type may stand where others have a code, and the other way round.
  forms: ['foreign error', 'typed'],
  code: 'invalid_request_error',
  means: ['bad-key'],
} as const;

export const deepSeekFuzz: SimpleFuzz = {
  kind: 'deepSeek',
  title: 'DeepSeek',
  body: objectJson({ is_available: wire.flag, balance_infos: listJson(row) }),
  refusals: [
    { ...own, says: 'Authentication Fails, Your api key: ****fcc2 is invalid' },
    { ...own, says: 'Authentication Fails (no such user)' },
  ],
};
