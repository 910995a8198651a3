import type { QuotaWindow } from '../../../../src/core/quota/quotaWindow.ts';
import { type SimpleProof, TROUBLES } from './proof.ts';

const [SOON, LATER] = ['2026-06-15T14:00:00.000Z', '2026-06-18T12:00:00.000Z'];
const window = (name: string, used: number, resetsAt?: string): QuotaWindow => ({
  name,
  used,
  unit: 'percent',
  resetsAt,
});
const HOURS = window('5h', 4, SOON);
const WEEK = window('week', 1, LATER);
const VIDEO = { scope: 'model', scopeName: 'video' } as const;

export const miniMaxProof: SimpleProof = {
  kind: 'miniMax',
  origins: ['https://api.minimaxi.com', 'https://api.minimax.io'],
  rows: [
    {
      opens: { kind: 'miniMax' },
      endpoint: 'GET /v1/api/openplatform/coding_plan/remains',
      credential: 'API key',
      asks: async setup => (await setup.read(setup.key('alice'))).windows,
      // $0.65 of $2.50, and half of that share in the week.
      tells: [window('5h', 26, SOON), window('week', 13, LATER)],
    },
  ],
  shown: {
    figure: '74% (5h)',
    lines: { '5h window': '26% used · resets in 2 hours', 'Weekly limit': '13% used · resets in 3 days' },
    without: ['Remaining on this key', 'Account balance'],
  },
  usual: { windows: [HOURS, WEEK], unit: { code: 'UNITS', source: 'default' }, figure: '96% (5h)' },
  told: {
    strings: {},
    'worst-of-models': {
      windows: [
        { ...HOURS, used: 65 },
        { ...WEEK, used: 10 },
      ],
      figure: '35% (5h)',
    },
    'with-video': {
      windows: [HOURS, WEEK, { ...HOURS, ...VIDEO, used: 100 }, { ...WEEK, ...VIDEO, used: 100 }],
    },
    'week-not-in-plan': { windows: [HOURS] },
    'data-wrapped': { plan: { name: 'Plus' } },
    'remains-time': { windows: [{ ...HOURS, name: 'interval' }, WEEK], figure: '96% (interval)' },
    'used-up': {
      windows: [
        { ...HOURS, used: 100 },
        { ...WEEK, used: 40 },
      ],
      status: 'exhausted',
      figure: '0% (5h)',
    },
    'over-100': {
      windows: [
        { ...HOURS, used: 0 },
        { ...WEEK, used: 40 },
      ],
      figure: '60% (week)',
    },
    // What cannot be read may be what binds.
    'minus-1': { windows: [{ ...WEEK, used: 40 }], unreadable: ['plan'], figure: '60% (week)' },
    'number-999999999': { windows: [{ ...WEEK, used: 40 }], unreadable: ['plan'], figure: '60% (week)' },
    'reset-in-the-past': {
      windows: [{ ...HOURS, name: '2h', resetsAt: '2026-06-15T11:00:00.000Z' }, WEEK],
      figure: '96% (2h)',
    },
    'row-word': { unreadable: ['plan'] },
  },
  refused: {
    ...TROUBLES,
    'counts-alone': ['missing-figures', 'ok', /without the figures/],
    'no-rows': ['missing-figures', 'ok', /without the figures/],
    'rows-null': ['missing-figures', 'ok', /without the figures/],
    'cookie-1004': ['unknown-refusal', 'ok', /cookie is missing/],
    'busy-1002': ['unknown-refusal', 'ok', /rate limit/],
    'other-code': ['unknown-refusal', 'ok', /invalid api key/],
    'anthropic-401': ['refused-key', 'invalid', /does not accept the key/],
  },
};
