import { headroomOf, shareLeft } from '../../../core/quota/headroom.ts';
import type { KeyState } from '../../../core/quota/keyState.ts';
import { limitOf, type QuotaWindow, remainingOf } from '../../../core/quota/quotaWindow.ts';
import type { Reading } from '../../../core/quota/reading.ts';
import { STATUSES } from '../../../core/quota/statusName.ts';
import { SECOND_MS } from '../../../core/time.ts';
import { type Family, keyFamily } from './family.ts';

/** A moment in ISO 8601 in seconds since 1970; undefined for none. */
function seconds(time: string | null | undefined): number | undefined {
  return time ? Date.parse(time) / SECOND_MS : undefined;
}

/** The families about each key, except amounts. */
export const keyFamilies: readonly Family[] = [
  keyFamily(
    { name: 'key_quota_remaining_ratio', unit: '1', help: 'What is left of the limit that binds, 0 to 1.' },
    ({ reading }) => [{ value: reading && shareLeft(headroomOf(reading)) }],
  ),
  keyFamily(
    {
      name: 'key_quota_window_used_ratio',
      unit: '1',
      help: 'What is used of each quota window; more than 1 where it is overdrawn.',
      more: ['window'],
    },
    ({ reading }) => usedRatios(reading?.windows ?? []),
  ),
  keyFamily(
    {
      name: 'key_quota_spending_limit_ratio',
      unit: '1',
      help: 'What is spent of your own limit for a period, as far as it is known.',
      more: ['period'],
    },
    ({ spendingLimits = [] }) =>
      spendingLimits.map(({ period, spent, limit }) => ({
        value: spent === undefined ? undefined : spent / limit,
        more: { period },
      })),
  ),
  keyFamily(
    {
      name: 'key_quota_unlimited',
      unit: '',
      help: 'Whether nothing limits a key: 1 or 0. Absent where it is not told.',
    },
    ({ reading }) => [{ value: reading && isUnlimited(reading) }],
  ),
  keyFamily(
    {
      name: 'key_quota_status',
      unit: '',
      help: 'What to conclude of a key: 1 for its status, 0 for all others.',
      more: ['status'],
    },
    state => STATUSES.map(status => ({ value: Number(state.status === status), more: { status } })),
  ),
  keyFamily(
    {
      name: 'key_quota_failing',
      unit: '',
      help: '1 while the last check of a key brought no figures.',
      more: ['error_type'],
    },
    ({ failure }) => (failure ? [{ value: 1, more: { error_type: failure.class } }] : []),
  ),
  keyFamily(
    {
      name: 'key_quota_key_info',
      unit: '',
      help: 'What a key is, and whether its end is known: 1.',
      more: ['kind', 'credential', 'expires'],
    },
    state => [
      { value: 1, more: { kind: state.kind, credential: state.credential, expires: expiryOf(state) } },
    ],
  ),
  keyFamily(
    { name: 'key_quota_reading_timestamp_seconds', unit: 's', help: 'When the figures of a key were told.' },
    ({ reading }) => [{ value: seconds(reading?.takenAt) }],
  ),
  keyFamily(
    { name: 'key_quota_check_timestamp_seconds', unit: 's', help: 'When a key was last asked for.' },
    ({ checkedAt }) => [{ value: seconds(checkedAt) }],
  ),
  keyFamily(
    {
      name: 'key_quota_expiry_timestamp_seconds',
      unit: 's',
      help: 'When a key ends. Absent where it never does.',
    },
    ({ reading }) => [{ value: seconds(reading?.expiresAt) }],
  ),
  keyFamily(
    {
      name: 'key_quota_budget_reset_timestamp_seconds',
      unit: 's',
      help: 'When the budget or quota window that binds resets.',
    },
    ({ reading }) => {
      const { window, from } = headroomOf(reading);
      return [
        {
          value: seconds(
            window ? window.resetsAt : from === 'budget' ? reading?.budget?.resetsAt : undefined,
          ),
        },
      ];
    },
  ),
  keyFamily(
    {
      name: 'key_quota_exhaustion_timestamp_seconds',
      unit: 's',
      help: 'When a key runs dry if it goes on as it did, and how sure that is.',
      more: ['confidence'],
    },
    ({ forecast }) =>
      forecast ? [{ value: seconds(forecast.lastsUntil), more: { confidence: forecast.confidence } }] : [],
  ),
];

/** An account that lists its keys, or a server, tells of no limit of its own and of none that is missing. */
function isUnlimited(reading: Reading): number | undefined {
  const { unlimited, from } = headroomOf(reading);
  return from === 'none' && !reading.quota ? undefined : Number(unlimited);
}

function expiryOf({ reading }: KeyState): 'at' | 'never' | 'unknown' {
  if (reading?.expiresAt === undefined) return 'unknown';
  return reading.expiresAt === null ? 'never' : 'at';
}

/** Windows are told apart by scope and name, never by the name of what they limit, which may be a person’s: of two the fuller one counts. */
function usedRatios(windows: readonly QuotaWindow[]): readonly { value: number; more: { window: string } }[] {
  const ratios = new Map<string, number>();
  for (const window of windows) {
    const limit = limitOf(window);
    const remaining = remainingOf(window);
    const used =
      window.used ?? (typeof limit === 'number' && remaining !== undefined ? limit - remaining : undefined);
    if (typeof limit !== 'number' || limit <= 0 || used === undefined) continue;
    const name = [window.scope, window.name].filter(part => part !== undefined).join(' ');
    ratios.set(name, Math.max(ratios.get(name) ?? 0, used / limit));
  }
  return [...ratios].map(([window, value]) => ({ value, more: { window } }));
}
