import * as fc from 'fast-check';
import { listJson, objectJson, wire } from '../wireValues.ts';
import type { SimpleFuzz } from './simpleFuzz.ts';

const reading = objectJson({
  takenAt: wire.time,
  unit: objectJson({ code: fc.constantFrom('"USD"', '"CNY"', '"TOKENS"'), symbol: wire.text }),
  quota: objectJson({ unlimited: wire.flag, used: wire.number, remaining: wire.number }),
  account: objectJson({ balance: wire.number, used: wire.number, name: wire.text }),
  windows: listJson(
    objectJson({
      name: wire.text,
      unit: fc.constantFrom('"money"', '"percent"', '"other"'),
      used: wire.number,
      limit: wire.number,
      remaining: wire.number,
      resetsAt: wire.time,
    }),
  ),
  expiresAt: wire.time,
  models: wire.models,
});
const spend = objectJson({
  today: wire.number,
  week: wire.number,
  month: wire.number,
  since: wire.time,
  complete: wire.flag,
  days: listJson(wire.number),
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
    today: wire.time,
    monthBegins: wire.number,
    salt: wire.text,
    keys: listJson(
      objectJson({
        id: fc.constantFrom('"0123456789abcdef"', '"1123456789abcdef"', '"a b"', '7'),
        label: wire.text,
        baseUrl: wire.text,
        status: fc.constantFrom('"ok"', '"expired"', '"invalid"'),
        failure: objectJson({
          class: fc.constantFrom('"paused"', '"disabled"'),
          reason: fc.constant('"banned"'),
        }),
        checkedAt: wire.time,
        nextCheckAt: wire.time,
        reading,
        spend,
      }),
    ),
  }),
  // Ages are worked out.
  works: true,
  refusals: [],
};
