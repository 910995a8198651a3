import { RawJson } from '../wire/goJson.ts';
import type { ScenarioTable } from './scenario.ts';

const totals = (granted: unknown, used: unknown, available: unknown): Record<string, unknown> => ({
  total_granted: granted,
  total_used: used,
  total_available: available,
});

const MAX_INT32 = 2_147_483_647;
const MAX_SAFE = 9_007_199_254_740_991;
const BEYOND_SAFE = new RawJson('9007199254740993');

/** Keys whose figures are large, small, of another type, or not figures at all. */
export const figures: ScenarioTable = {
  int32max: { data: totals(MAX_INT32, 0, MAX_INT32) },
  'int32-overflow': { data: totals(-2_147_483_648, 0, -2_147_483_648) },
  '2^53-1': { data: totals(MAX_SAFE, 0, MAX_SAFE) },
  '9007199254740993': { data: totals(BEYOND_SAFE, 0, BEYOND_SAFE) },
  'int64-max': { data: totals(new RawJson('9223372036854775807'), 0, new RawJson('9223372036854775807')) },
  'five-e14': { data: totals(500_000_000_000_000, 0, 500_000_000_000_000) },
  'float-totals': { data: totals(2, 0.5, 1.5) },
  'numeric-strings': { data: totals('150000', '50000', '100000') },
  exponents: { data: totals(new RawJson('1.5e5'), new RawJson('5E+4'), new RawJson('1e5')) },
  'exponent-infinite': { data: totals(new RawJson('1e400'), 0, new RawJson('1e400')) },
  'minus-zero': { data: totals(150_000, 150_000, new RawJson('-0')) },
  'totals-null': { data: totals(null, null, null) },
  'totals-empty-strings': { data: totals('', '', '') },
  'totals-booleans': { data: totals(true, false, true) },
  'totals-arrays': { data: totals([150_000], [50_000], [100_000]) },
  'totals-words': { data: totals('many', 'some', 'few') },
  'totals-nan-strings': { data: totals('NaN', 'Infinity', '0x10') },
  'totals-absent': { without: ['total_granted', 'total_used', 'total_available'] },
  'available-absent': { without: ['total_available'] },
  'available-null': { data: { total_available: null } },
  'granted-negative': { data: totals(-1, 0, -1) },
  'inconsistent-totals': { data: totals(150_000, 50_000, 90_000) },
  'unlimited-string': { data: { unlimited_quota: 'true' } },
  'unlimited-number': { data: { unlimited_quota: 1 } },
  'unlimited-absent': { without: ['unlimited_quota'] },
  'expires-0': { data: { expires_at: 0 } },
  'expires-db-0': { holds: { expiresAt: 0 } },
  'expires-minus-1': { data: { expires_at: -1 } },
  'expires-past': { data: { expires_at: 1_748_736_000 } },
  'expires-ms': { data: { expires_at: 4_102_444_800_000 } },
  'expires-us': { data: { expires_at: 4_102_444_800_000_000 } },
  'expires-ns': { data: { expires_at: new RawJson('4102444800000000000') } },
  'expires-zoneless': { data: { expires_at: '2100-01-01 00:00:00' } },
  'expires-ms-past': { data: { expires_at: 1_748_736_000_000 } },
  'expires-us-past': { data: { expires_at: 1_748_736_000_000_000 } },
  'expires-go-zero': { data: { expires_at: '0001-01-01T00:00:00Z' } },
  'expires-1970': { data: { expires_at: '1970-01-01T00:00:00Z' } },
  'expires-2100': { data: { expires_at: 4_102_444_800 } },
  'expires-iso': { data: { expires_at: '2100-01-01T00:00:00Z' } },
  'expires-string': { data: { expires_at: '4102444800' } },
  'expires-null': { data: { expires_at: null } },
  'expires-absent': { without: ['expires_at'] },
  'expires-beyond-dates': { data: { expires_at: new RawJson('99999999999999999') } },
  'expires-nonsense': { data: { expires_at: 'soon' } },
};
