import * as fc from 'fast-check';
import { listJson, objectJson, wire } from '../wireValues.ts';
import type { SimpleFuzz } from './simpleFuzz.ts';

const reading = objectJson({
  takenAt: wire.time,
  unit: objectJson({ code: fc.constantFrom('"USD"', '"CNY"', '"TOKENS"'), symbol: wire.text }),
  quota: objectJson({ unlimited: wire.flag, used: wire.number, remaining: wire.number }),
  expiresAt: wire.time,
  models: wire.models,
});

export const teamServerFuzz: SimpleFuzz = {
  kind: 'teamServer',
  title: 'Key Quota server',
  credential: 'accessToken',
  body: objectJson({
    schema: fc.constantFrom(
      '"key-quota/team/1"',
      '"key-quota/team/1"',
      '"key-quota/team/1"',
      '"key-quota/team/2"',
    ),
    at: wire.time,
    salt: wire.text,
    keys: listJson(
      objectJson({ label: wire.text, status: fc.constantFrom('"ok"', '"expired"', '"invalid"'), reading }),
    ),
  }),
  // Ages are worked out.
  works: true,
  refusals: [],
};
