import * as fc from 'fast-check';
import { objectJson, wire } from '../wireValues.ts';
import type { SimpleFuzz } from './simpleFuzz.ts';

const limit = fc.oneof(wire.number, fc.constantFrom('0', '"5"', '-1', '999999999'));
const limits = objectJson({
  ...Object.fromEntries(
    'tokenLimit rateLimitWindow rateLimitRequests rateLimitCost dailyCostLimit totalCostLimit weeklyOpusCostLimit'
      .split(' ')
      .map(name => [name, limit]),
  ),
  ...Object.fromEntries(
    'currentWindowRequests currentWindowTokens currentWindowCost currentDailyCost currentTotalCost weeklyOpusCost'
      .split(' ')
      .map(name => [name, wire.number]),
  ),
  windowEndTime: wire.time,
  windowRemainingSeconds: wire.number,
});
const said = (
  status: number,
  code: string,
  says: string,
  ...means: readonly ['bad-key' | 'disabled' | 'expired']
) => ({
  status,
  forms: ['titled'] as const,
  code,
  says,
  means,
});

export const claudeRelayFuzz: SimpleFuzz = {
  kind: 'claudeRelay',
  title: 'Claude Relay Service',
  before: [fc.constant('{"success":true,"data":{"id":"6c3a1f60-0b7e-4c5e-8f1d-2a9c5b7d4e11"}}')],
  body: objectJson({
    data: objectJson({
      name: wire.text,
      expiresAt: fc.oneof(wire.time, fc.constant('""')),
      expirationMode: fc.constantFrom('"fixed"', '"activation"'),
      isActivated: wire.flag,
      permissions: fc.constantFrom('"[]"', '[]', '["claude"]', '"claude"'),
      limits,
    }),
  }),
  works: true,
  refusals: [
    said(401, 'Invalid API key', 'API key not found', 'bad-key'),
    said(401, 'Invalid API key', 'Invalid API key format', 'bad-key'),
    said(400, 'Invalid API key format', 'API key format is invalid', 'bad-key'),
    said(401, 'Invalid API key', 'API Key "off" 已被禁用', 'disabled'),
    said(401, 'Invalid API key', 'User account is disabled', 'disabled'),
    said(401, 'Invalid API key', 'API Key "soon" 已过期', 'expired'),
    said(400, 'Invalid API ID format', 'API ID must be a valid UUID', 'bad-key'),
    said(404, 'API key not found', 'The specified API key does not exist', 'bad-key'),
    said(403, 'API key is disabled', 'API Key "off" 已被禁用', 'disabled'),
    said(403, 'API key has expired', 'API Key "soon" 已过期', 'expired'),
  ],
};
