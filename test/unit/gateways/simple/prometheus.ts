import type { QuotaWindow } from '../../../../src/core/quota/quotaWindow.ts';
import type { AccountKey } from '../../../../src/core/quota/reading.ts';
import { type SimpleProof, TROUBLES } from './proof.ts';

const [A1, B2] = ['4e1c97d05b3f28a1', '4e1c97d05b3f28b2'];
const BATCH: AccountKey = { id: B2, name: 'Batch', remaining: 1, used: 19, expiresAt: null };
const plan = (scopeName: string, name: string, used: number): QuotaWindow => ({
  ...{ name, scopeName, used },
  scope: 'plan',
  unit: 'percent',
});

export const prometheusProof: SimpleProof = {
  kind: 'prometheus',
  origins: [],
  rows: [
    {
      opens: { kind: 'prometheus' },
      endpoint: 'GET /api/v1/query',
      credential: 'API key',
      asks: async setup => {
        const { takenAt, unit, accountKeys } = await setup.read(setup.key('alice'));
        return { takenAt, unit, accountKeys };
      },
      tells: {
        // Five minutes before noon, when the server asked the gateway.
        takenAt: '2026-06-15T11:55:00.000Z',
        unit: { code: 'USD', source: 'gateway' },
        accountKeys: [{ id: A1, name: 'alice', remaining: 1.85, used: 0.65, expiresAt: null }],
      },
    },
  ],
  shown: {
    figure: '1 key',
    lines: { Keys: '1' },
    without: ['Left on this key', 'Account balance'],
  },
  usual: {
    unit: { code: 'USD', source: 'gateway' },
    accountKeys: [{ id: A1, name: 'production', remaining: 0.2, used: 0.1, expiresAt: null }],
    figure: '1 key',
  },
  told: {
    two: {
      accountKeys: [{ id: A1, name: 'Main', remaining: 15, used: 5, expiresAt: null }, BATCH],
      figure: '2 keys',
    },
    // Two keys are in dollars; yuan are never shown as if they were.
    'other-unit': {
      accountKeys: [
        BATCH,
        { id: A1, name: 'Yuan', expiresAt: null },
        { id: 'c3', name: 'More', remaining: 2, used: 2, expiresAt: null },
      ],
      figure: '3 keys',
    },
    'two-units': { accountKeys: [BATCH, { id: 'c3', name: 'Both', expiresAt: null }], figure: '2 keys' },
    unlimited: { accountKeys: [{ id: 'a1', name: 'Free', unlimited: true, used: 3 }] },
    'without-name': { accountKeys: [{ id: A1, name: A1, remaining: 15, used: 5, expiresAt: null }] },
    expiring: { accountKeys: [{ ...BATCH, expiresAt: '2026-06-17T12:00:00.000Z' }] },
    exhausted: { accountKeys: [{ id: 'a1', name: 'Gone', remaining: 0, status: 'exhausted' }] },
    // What nobody could read for a day does not stand beside what was read five minutes ago.
    'one-old': { accountKeys: [BATCH, { id: 'a1', name: 'Old' }], figure: '2 keys' },
    'odd-time': { accountKeys: [BATCH, { id: 'a1', name: 'Odd' }], figure: '2 keys' },
    exponents: { accountKeys: [{ id: 'a1', name: 'Large', remaining: 1500, used: 500 }] },
    'lite-llm': {
      accountKeys: [
        { name: 'ml', remaining: 4.5, used: 5.5 },
        { name: 'free', unlimited: true },
        { name: 'LiteLLM', remaining: 2 },
        { name: 'over', remaining: -1, used: 6 },
      ],
      figure: '4 keys',
    },
    'on-watch': {
      unit: { code: 'UNITS', source: 'default' },
      accountKeys: undefined,
      windows: [
        { ...plan('anthropic', 'five_hour', 35), resetsAt: '2026-06-15T14:00:00.000Z' },
        plan('codex', 'weekly', 100),
      ],
      status: 'exhausted',
      figure: '0% (plan “codex”, weekly)',
    },
    all: {
      accountKeys: [BATCH, { name: 'ml', remaining: 4.5, used: 5.5 }],
      windows: [plan('anthropic', 'five_hour', 35)],
      figure: '65% (plan “anthropic”, five_hour)',
    },
    'without-lite-llm': {
      accountKeys: [BATCH],
      windows: [plan('anthropic', 'five_hour', 35)],
      figure: '65% (plan “anthropic”, five_hour)',
    },
    partial: { accountKeys: [BATCH], accountKeysMissing: {}, figure: 'at least 1 key' },
    'one-unreadable': { accountKeys: [BATCH], accountKeysMissing: {}, figure: 'at least 1 key' },
  },
  unlimited: ['unlimited'],
  refusesAs: 'unknown-refusal',
  refused: {
    ...TROUBLES,
    empty: ['missing-figures', 'ok', /without the figures it should have/],
    'other-metrics': ['missing-figures', 'ok', /without the figures it should have/],
    'without-key-id': ['missing-figures', 'ok', /without the figures it should have/],
    'result-null': ['missing-figures', 'ok', /without the figures it should have/],
    'result-object': ['missing-figures', 'ok', /without the figures it should have/],
    'bad-query': ['refused-request', 'ok', /./],
    overloaded: ['server-error', 'ok', /Retrying automatically/],
  },
};
