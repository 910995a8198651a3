import * as fc from 'fast-check';
import { listJson, objectJson, wire } from '../wireValues.ts';
import type { SimpleFuzz } from './simpleFuzz.ts';

const limit = fc.oneof(wire.number, fc.constantFrom('null', '0', '"3"', '-1', '999999999'));
const members = ['key', 'user'].flatMap(who =>
  ['5h', 'Daily', 'Weekly', 'Monthly', 'Total'].flatMap(part => [
    [`${who}Limit${part}Usd`, limit] as const,
    [`${who}Current${part}Usd`, wire.number] as const,
  ]),
);
const row = objectJson({
  model: wire.text,
  requests: wire.number,
  cost: wire.number,
  inputTokens: wire.number,
  outputTokens: wire.number,
});

export const claudeCodeHubFuzz: SimpleFuzz = {
  kind: 'claudeCodeHub',
  title: 'claude-code-hub',
  body: objectJson({
    ...Object.fromEntries(members),
    keyName: wire.text,
    userName: wire.text,
    keyIsEnabled: wire.flag,
    userIsEnabled: wire.flag,
    userRpmLimit: limit,
    userAllowedModels: wire.models,
    expiresAt: wire.time,
    userExpiresAt: wire.time,
    dailyResetMode: fc.constantFrom('"fixed"', '"rolling"'),
  }),
  tellsRange: objectJson({ totalCost: wire.number, keyModelBreakdown: listJson(row) }),
  saysOfItself: /"(?:key|user)IsEnabled":/,
  works: true,
  // None of its words is about a key alone.
  refusals: [],
};
