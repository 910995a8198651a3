import { objectJson, wire } from '../wireValues.ts';
import type { SimpleFuzz } from './simpleFuzz.ts';

export const vercelGatewayFuzz: SimpleFuzz = {
  kind: 'vercelGateway',
  title: 'Vercel AI Gateway',
  body: objectJson({
    balance: wire.number.map(number => JSON.stringify(number)),
    total_used: wire.number.map(number => JSON.stringify(number)),
  }),
  refusals: [
    {
      status: 401,
      forms: ['typed'],
      says: 'Invalid API key',
      code: 'authentication_error',
      means: ['bad-key'],
    },
    { status: 401, forms: ['foreign error'], says: 'Invalid API key', means: ['bad-key'] },
  ],
};
