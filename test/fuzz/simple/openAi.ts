import * as fc from 'fast-check';
import { listJson, objectJson, wire } from '../wireValues.ts';
import type { SimpleFuzz } from './simpleFuzz.ts';

const start = fc.constantFrom(
  ...[1, 2, 13, 15].map(day => String(Date.UTC(2026, 5, day) / 1000)),
  '0',
  '"x"',
);
const result = objectJson({
  amount: objectJson({ value: wire.number, currency: fc.constantFrom('"usd"', '"usd"', '"eur"') }),
  line_item: wire.text,
});

export const openAiFuzz: SimpleFuzz = {
  kind: 'openAi',
  title: 'OpenAI',
  credential: 'managementKey',
  before: [
    objectJson({
      threshold_amount: wire.number,
      currency: fc.constant('"USD"'),
      interval: fc.constantFrom('"month"', '"year"'),
    }),
  ],
  body: objectJson({
    data: listJson(objectJson({ start_time: start, results: listJson(result) })),
    has_more: wire.flag,
    next_page: fc.constantFrom('null', '"1"', '"2"'),
  }),
  tellsRange: true,
  works: true,
  refusals: [
    {
      status: 401,
      forms: ['typed', 'foreign error'],
      says: 'Incorrect API key provided: sk-admin-xxxx.',
      code: 'invalid_api_key',
      means: ['bad-key'],
    },
  ],
};
