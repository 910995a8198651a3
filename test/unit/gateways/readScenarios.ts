import type { Quota, Reading } from '../../../src/core/quota/reading.ts';
import type { Status } from '../../../src/core/quota/statusName.ts';

/** What must be read of a key. The figures are worked out by hand, at 500,000 units a dollar. */
export type Read = Pick<Reading, 'name' | 'quota' | 'unit' | 'expiresAt' | 'models'> & {
  readonly status: Status;
};

/** A key of 100,000 units, of 150,000 granted. */
export const ORDINARY: Read = {
  status: 'ok',
  name: 'production',
  quota: { unlimited: false, granted: 0.3, used: 0.1, remaining: 0.2 },
  unit: { code: 'USD', source: 'gateway' },
  expiresAt: null,
  models: null,
};

const limited = (granted: number, used: number, remaining: number): { readonly quota: Quota } => ({
  quota: { unlimited: false, granted, used, remaining },
});
/** What a fork has converted to dollars already, as far as one can see. */
const shown = (granted: number, used: number, remaining: number) => ({
  ...limited(granted, used, remaining),
  unit: { code: 'USD', source: 'default' } as const,
});
const unlimited = (used: number): { readonly quota: Quota } => ({ quota: { unlimited: true, used } });
/** Figures with more digits than a number has, written as they come out on paper. */
const LARGEST_SAFE = Number('18014398509.481982');
const BEYOND_SAFE = Number('18014398509.481984');
const LARGEST_INT64 = Number('18446744073709.551614');

const PAST = '2025-06-01T00:00:00.000Z';
const FUTURE = '2100-01-01T00:00:00.000Z';

/** What differs from the ordinary key, by scenario. */
export const READ: Readonly<Record<string, Partial<Read>>> = {
  ok: {},
  'ok-usd-1.5052': limited(2, 0.4948, 1.5052),
  unused: limited(1, 0, 1),
  'never-granted': { status: 'exhausted', ...limited(0, 0, 0) },
  'unlimited-negative': unlimited(1.5052),
  'unlimited-unused': unlimited(0),
  'unlimited-once-limited': unlimited(0.2),
  'unlimited-exhausted-status': unlimited(0.2),
  overdrawn: { status: 'exhausted', ...limited(0.3, 0.300024, -0.000024) },
  exhausted: { status: 'exhausted', ...limited(0.3, 0.3, 0) },
  'one-unit-left': { status: 'low', ...limited(0.3, 0.299998, 0.000002) },
  low: { status: 'low', ...limited(0.3, 0.285, 0.015) },
  expired: { status: 'expired', expiresAt: PAST },
  'expired-200': { status: 'expired', expiresAt: PAST },
  'expired-and-exhausted': { status: 'expired', expiresAt: PAST, ...limited(0.3, 0.3, 0) },

  int32max: limited(4294.967294, 0, 4294.967294),
  'int32-overflow': unlimited(0),
  '2^53-1': limited(LARGEST_SAFE, 0, LARGEST_SAFE),
  '9007199254740993': limited(BEYOND_SAFE, 0, BEYOND_SAFE),
  'int64-max': limited(LARGEST_INT64, 0, LARGEST_INT64),
  'five-e14': limited(1_000_000_000, 0, 1_000_000_000),
  'float-totals': shown(2, 0.5, 1.5),
  'numeric-strings': {},
  exponents: {},
  'minus-zero': { status: 'exhausted', ...limited(0.3, 0.3, 0) },
  'available-absent': {},
  'available-null': {},
  'granted-negative': unlimited(0),
  'inconsistent-totals': limited(0.3, 0.1, 0.18),
  'unlimited-string': unlimited(0.1),
  'unlimited-number': unlimited(0.1),
  'unlimited-absent': {},

  'expires-0': {},
  'expires-minus-1': {},
  'expires-past': { status: 'expired', expiresAt: PAST },
  'expires-ms': { expiresAt: FUTURE },
  'expires-us': { expiresAt: FUTURE },
  'expires-ns': { expiresAt: FUTURE },
  'expires-zoneless': { expiresAt: FUTURE },
  'expires-ms-past': { status: 'expired', expiresAt: PAST },
  'expires-us-past': { status: 'expired', expiresAt: PAST },
  'expires-go-zero': {},
  'expires-1970': {},
  'expires-2100': { expiresAt: FUTURE },
  'expires-iso': { expiresAt: FUTURE },
  'expires-string': { expiresAt: FUTURE },
  'expires-null': { expiresAt: undefined },
  'expires-absent': { expiresAt: undefined },
  'expires-beyond-dates': { expiresAt: undefined },
  'expires-nonsense': { expiresAt: undefined },

  'name-empty': { name: '' },
  'name-spaces': { name: '' },
  'name-cjk-50-bytes': { name: '生产环境密钥用于每日构建与测试中ab' },
  // Joiners are invisible, so a family comes apart; nothing that hides in a name may pass.
  'name-emoji': { name: '🚀 build 👩‍👩‍👧‍👦' },
  'name-rtl': { name: 'مفتاح الإنتاج' },
  'name-bidi-override': { name: 'key gnp.exe x' },
  'name-markup': { name: '<b>&' },
  'name-script': { name: '<img src=x onerror=alert(1)>' },
  'name-markdown': { name: '[free](command:workbench.action.quit) | `x` **y** $(trash)' },
  'name-formula': { name: '=HYPERLINK("http://x.example","y")' },
  'name-control': { name: 'a b [31mc d' },
  'name-newlines': { name: 'two lines' },
  'name-long': { name: `${'n'.repeat(99)}…` },
  'name-half-surrogate': { name: 'half end' },
  'name-null': { name: undefined },
  'name-number': { name: undefined },
  'name-absent': { name: undefined },
  'duplicate-name-a': { name: 'shared name', status: 'low', ...limited(0.12, 0.1, 0.02) },
  'duplicate-name-b': { name: 'shared name', ...limited(0.14, 0.1, 0.04) },

  // The gateway's own encoder sorts the names.
  'model-limits': { models: ['claude-sonnet-4-5', 'gemini-2.5-pro', 'gpt-4.1'] },
  'model-limits-empty': { models: [] },
  'model-limits-empty-name': { models: ['gpt-4.1'] },
  'model-limits-only-empty-name': { models: [] },
  'model-limits-space': { models: ['b', 'a'] },
  'model-limits-disabled': {},
  'model-limits-string': { models: ['gpt-4.1', 'o3'] },
  'model-limits-array': { models: ['gpt-4.1', 'o3'] },
  'model-limits-mixed-array': { models: ['gpt-4.1'] },
  'model-limits-null': { models: undefined },
  'model-limits-absent': { models: undefined },
  'model-limits-number': { models: undefined },
  'model-limits-prototype': { models: ['__proto__', 'constructor', 'gpt-4.1', 'toString'] },
  'model-limits-markup': { models: ['<b>x</b>', '[m](command:x)'] },
  'model-limits-500': { models: Array.from({ length: 500 }, (_, index) => `model-${index}`).sort() },

  'code-0': unlimited(0.000004),
  'code-0-limited': {},
  'code-0-string': {},
  'code-200': {},
  'code-20000': {},
  'success-envelope': {},
  'success-envelope-display-units': {
    name: undefined,
    models: undefined,
    ...shown(2, 0.5, 1.5),
  },
  'no-envelope-marker': {},
  'root-without-data': { name: undefined, models: undefined, ...shown(150_000, 50_000, 100_000) },

  BOM: {},
  'double-BOM': {},
  'gzip-unasked': {},
  'encoding-unknown': {},
  'json-as-text': {},
  'no-content-type': {},
  drip: {},
};

/** Scenarios that change from one reading to the next: what the second one must bring. */
export const STEPS: Readonly<Record<string, readonly [first: Partial<Read>, second: Partial<Read>]>> = {
  refund: [{}, limited(0.3, 0.08, 0.22)],
  'top-up': [{ status: 'low', ...limited(0.3, 0.298, 0.002) }, limited(1.3, 0.298, 1.002)],
  'counter-reset': [{}, limited(0.3, 0, 0.3)],
  renewed: [{ status: 'expired', expiresAt: PAST }, {}],
  // What was spent in between shows in what is left, but not yet in what was used.
  'redis-dip': [{}, limited(0.29, 0.1, 0.19)],
};
