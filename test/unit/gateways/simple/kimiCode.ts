import type { QuotaWindow } from '../../../../src/core/quota/quotaWindow.ts';
import { type SimpleProof, TROUBLES } from './proof.ts';

const window = (name: string, used: number, resetsAt?: string): QuotaWindow => ({
  name,
  used,
  unit: 'percent',
  resetsAt,
});
// 214 of 2048, and 139 of 200.
const WEEK = window('week', 10.449219, '2026-06-18T15:23:13.716Z');
const HOURS = window('5h', 69.5, '2026-06-15T13:33:02.717Z');

export const kimiCodeProof: SimpleProof = {
  kind: 'kimiCode',
  origins: ['https://api.kimi.com'],
  rows: [
    {
      opens: { kind: 'kimiCode' },
      endpoint: 'GET /coding/v1/usages',
      credential: 'API key',
      asks: async setup => (await setup.read(setup.key('alice'))).windows,
      // $0.65 of $2.50.
      tells: [window('week', 26, '2026-06-18T12:00:00.000Z'), window('5h', 26, '2026-06-15T14:00:00.000Z')],
    },
  ],
  shown: {
    // Of two windows with the same share, the one that resets later leads.
    figure: '74% (week)',
    lines: { 'Weekly limit': '26% used · resets in 3 days', '5h window': '26% used · resets in 2 hours' },
    without: ['Remaining on this key', 'Account balance'],
  },
  usual: { windows: [WEEK, HOURS], unit: { code: 'UNITS', source: 'default' }, figure: '30% (5h)' },
  told: {
    wrapped: {},
    numbers: { windows: [window('week', 10.449219), HOURS] },
    'used-missing': {},
    'limits-null': { windows: [WEEK], figure: '89% (week)' },
    'limits-empty': { windows: [WEEK], figure: '89% (week)' },
    'week-missing': { windows: [HOURS] },
    'other-names': {
      windows: [window('week', 90, '2026-06-15T14:00:00.000Z'), window('1d', 10, '2026-06-15T13:00:00.000Z')],
      status: 'low',
      figure: '10% (week)',
    },
    'used-up': { windows: [WEEK, { ...HOURS, used: 100 }], status: 'exhausted', figure: '0% (5h)' },
    'over-100': { windows: [WEEK, { ...HOURS, used: 115 }], status: 'exhausted', figure: '0% (5h)' },
    'reset-in-the-past': { windows: [WEEK, { ...HOURS, resetsAt: '2026-06-15T09:00:00.000Z' }] },
    // What cannot be read may be what binds.
    'limits-map': { windows: [WEEK], unreadable: ['plan'], figure: '89% (week)' },
    'minus-1': { windows: [WEEK], unreadable: ['plan'], figure: '89% (week)' },
    'used-minus-1': { windows: [WEEK], unreadable: ['plan'], figure: '89% (week)' },
    'limit-minus-1': { windows: [WEEK], unreadable: ['plan'], figure: '89% (week)' },
    'more-left-than-all': { windows: [WEEK], unreadable: ['plan'], figure: '89% (week)' },
    'remaining-minus-1': { windows: [WEEK], unreadable: ['plan'], figure: '89% (week)' },
    'other-unit': { windows: [WEEK], unreadable: ['plan'], figure: '89% (week)' },
    'duration-zero': { windows: [WEEK], unreadable: ['plan'], figure: '89% (week)' },
    'duration-999999999': { windows: [WEEK], unreadable: ['plan'], figure: '89% (week)' },
  },
  refused: {
    ...TROUBLES,
    'limit-999999999': ['missing-figures', 'ok', /without the figures/],
    'limit-zero': ['missing-figures', 'ok', /without the figures/],
    'usage-word': ['missing-figures', 'ok', /without the figures/],
    'openai-401': ['refused-key', 'invalid', /does not accept the key/],
  },
};
