import type { QuotaWindow } from '../../../../src/core/quota/quotaWindow.ts';
import { type SimpleProof, TROUBLES } from './proof.ts';

const [SOON, LATER] = ['2026-06-15T14:00:00.000Z', '2026-06-18T12:00:00.000Z'];
const window = (name: string, used: number, resetsAt?: string): QuotaWindow => ({
  name,
  used,
  unit: 'percent',
  resetsAt,
});
const HOURS = window('5h', 25, SOON);
const WEEK = window('week', 9, LATER);
const PRO = { plan: { name: 'Pro' } };

export const glmPlanProof: SimpleProof = {
  kind: 'glmPlan',
  origins: ['https://open.bigmodel.cn', 'https://bigmodel.cn', 'https://api.z.ai'],
  rows: [
    {
      opens: { kind: 'glmPlan' },
      endpoint: 'GET /api/monitor/usage/quota/limit',
      credential: 'API key',
      asks: async setup => {
        const { windows, plan } = await setup.read(setup.key('alice'));
        return { windows, plan };
      },
      // $0.65 of $2.50, and half of that share in the week.
      tells: {
        windows: [
          window('5h', 26, SOON),
          window('week', 13, LATER),
          { name: 'month', scope: 'tools', used: 22, unit: 'percent' },
        ],
        ...PRO,
      },
    },
  ],
  shown: {
    figure: '74% (5h)',
    lines: {
      Plan: 'Pro',
      '5h window': '26% used · resets in 2 hours',
      'Limit of tools, month': '22% used',
    },
    without: ['Remaining on this key', 'Account balance'],
  },
  usual: { ...PRO, windows: [HOURS, WEEK], unit: { code: 'UNITS', source: 'default' }, figure: '75% (5h)' },
  told: {
    // Without tools models answer all the same.
    'with-tools': { windows: [{ name: 'month', scope: 'tools', used: 100, unit: 'percent' }, HOURS, WEEK] },
    'one-window': { windows: [HOURS] },
    'week-of-7': { windows: [WEEK], figure: '91% (week)' },
    'credit-limit': { windows: [window('5h', 5, SOON)], figure: '95% (5h)' },
    'credit-limit-counts': { windows: [window('5h', 20, SOON)], figure: '80% (5h)' },
    'bare-list': { plan: undefined },
    'no-name': { plan: undefined },
    'no-reset': { windows: [window('5h', 0)], figure: '100% (5h)' },
    'reset-in-the-past': { windows: [window('5h', 25, '2026-06-15T11:00:00.000Z')] },
    strings: {},
    'used-up': { windows: [{ ...HOURS, used: 100 }], status: 'exhausted', figure: '0% (5h)' },
    'over-100': { windows: [{ ...HOURS, used: 112 }], status: 'exhausted', figure: '0% (5h)' },
    // What cannot be read may be what binds.
    'minus-1': { windows: [WEEK], unreadable: ['plan'], figure: '91% (week)' },
    'number-999999999': { windows: [WEEK], unreadable: ['plan'], figure: '91% (week)' },
    'hours-999999999': { windows: [WEEK], unreadable: ['plan'], figure: '91% (week)' },
    'other-unit': { windows: [WEEK], unreadable: ['plan'], figure: '91% (week)' },
    'other-type': { windows: [WEEK], unreadable: ['plan'], figure: '91% (week)' },
  },
  refused: {
    ...TROUBLES,
    'only-odd': ['missing-figures', 'ok', /without the figures/],
    'empty-limits': ['missing-figures', 'ok', /without the figures/],
    'limits-null': ['missing-figures', 'ok', /without the figures/],
    'success-false': ['unknown-refusal', 'ok', /Retrying automatically.*系统繁忙/],
    'other-code': ['refused-request', 'ok', /refused the request/],
    'no-header': ['refused-request', 'ok', /refused the request/],
    'no-plan': ['refused-request', 'ok', /refused the request.*coding plan/],
  },
};
