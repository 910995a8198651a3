import * as fc from 'fast-check';
import { listJson, objectJson, wire } from '../wireValues.ts';
import type { SimpleFuzz } from './simpleFuzz.ts';

const start = fc.constantFrom(
  '"2026-06-01T00:00:00Z"',
  '"2026-06-13T00:00:00Z"',
  '"1999-01-01T00:00:00Z"',
  '7',
);
const result = objectJson({
  amount: wire.number.map(number => JSON.stringify(number)),
  currency: fc.constantFrom('"USD"', '"USD"', '"EUR"'),
  description: wire.text,
});

export const anthropicFuzz: SimpleFuzz = {
  kind: 'anthropic',
  title: 'Anthropic',
  credential: 'managementKey',
  body: objectJson({
    data: listJson(objectJson({ starting_at: start, results: listJson(result) })),
    has_more: wire.flag,
    next_page: fc.constantFrom('null', '"page_2"'),
  }),
  tellsRange: true,
  works: true,
  refusals: [
    {
      status: 401,
      forms: ['typed'],
      says: 'invalid x-api-key',
      code: 'authentication_error',
      means: ['bad-key'],
    },
    { status: 401, forms: ['foreign error'], says: 'invalid x-api-key', means: ['bad-key'] },
  ],
};
