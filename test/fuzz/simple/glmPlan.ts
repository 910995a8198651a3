import * as fc from 'fast-check';
import { listJson, objectJson, wire } from '../wireValues.ts';
import type { SimpleFuzz } from './simpleFuzz.ts';

const limit = objectJson({
  type: fc.constantFrom('"TOKENS_LIMIT"', '"CREDIT_LIMIT"', '"TIME_LIMIT"', '"MOON_LIMIT"'),
  unit: fc.constantFrom('3', '5', '6', '"3"', '9'),
  number: fc.constantFrom('5', '1', '7', '-1'),
  percentage: wire.number,
  usage: wire.number,
  currentValue: wire.number,
  remaining: wire.number,
  nextResetTime: wire.time,
});

export const glmPlanFuzz: SimpleFuzz = {
  kind: 'glmPlan',
  title: 'Zhipu GLM / Z.ai',
  body: objectJson({
    code: fc.constantFrom('200', '200', '1001'),
    success: fc.constantFrom('true', 'true', 'false'),
    msg: wire.text,
    data: fc.oneof(objectJson({ planName: wire.text, limits: listJson(limit) }), listJson(limit)),
  }),
  works: true,
  refusals: [
    { status: 200, forms: ['msg'], says: 'token expired or incorrect', code: '401', means: ['bad-key'] },
  ],
};
