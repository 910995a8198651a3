import * as fc from 'fast-check';
import { objectJson, wire } from '../wireValues.ts';
import type { SimpleFuzz } from './simpleFuzz.ts';

const own = { status: 401, forms: ['json text'], means: ['bad-key'] } as const;

export const siliconFlowFuzz: SimpleFuzz = {
  kind: 'siliconFlow',
  title: 'SiliconFlow',
  body: objectJson({
    code: fc.constantFrom('20000', '20000', '50505'),
    message: fc.constant('"OK"'),
    status: fc.constantFrom('true', 'true', 'false'),
    data: objectJson({
      name: wire.text,
      email: wire.text,
      balance: wire.number,
      chargeBalance: wire.number,
      totalBalance: wire.number.map(number => JSON.stringify(number)),
    }),
  }),
  baseUrls: ['https://api.siliconflow.cn', 'https://api.siliconflow.com'],
  refusals: [
    { ...own, says: 'Api key is invalid' },
    { ...own, says: 'Invalid token' },
  ],
};
