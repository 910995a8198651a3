import { objectJson, wire } from '../wireValues.ts';
import type { SimpleFuzz } from './simpleFuzz.ts';

export const aiHubMixFuzz: SimpleFuzz = {
  kind: 'aiHubMix',
  title: 'AiHubMix',
  body: objectJson({ object: wire.text, total_usage: wire.number }),
  refusals: [
    {
      status: 401,
      // The type may stand where others have a code.
      forms: ['typed', 'foreign error'],
      says: 'Invalid token: lm (tid: 2025122009070498288564916744791)',
      code: 'Aihubmix_api_error',
      means: ['bad-key'],
    },
    ...[200, 400, 401, 402, 403].map(status => ({
      status,
      forms: ['typed', 'foreign error', 'plain', 'bare-word'] as const,
      says: 'quota exhausted',
      means: ['exhausted'] as const,
    })),
  ],
};
