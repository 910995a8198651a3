import type { ScenarioTable } from './scenario.ts';

const PAST = 1_748_736_000;

/**
 * Keys in states that are told by the version the gateway imitates: the same key is data on one version
 * and 401 on another.
 */
export const states: ScenarioTable = {
  ok: {},
  'ok-usd-1.5052': { holds: { remain: 752_600, used: 247_400 } },
  unused: { holds: { remain: 500_000, used: 0 } },
  'never-granted': { holds: { remain: 0, used: 0 } },
  'unlimited-negative': { holds: { remain: -752_600, used: 752_600, unlimited: true } },
  'unlimited-unused': { holds: { remain: 0, used: 0, unlimited: true } },
  'unlimited-once-limited': { holds: { remain: 400_000, used: 100_000, unlimited: true } },
  'unlimited-exhausted-status': { holds: { remain: 0, used: 100_000, unlimited: true, status: 'exhausted' } },
  overdrawn: { holds: { remain: -12, used: 150_012 } },
  exhausted: { holds: { remain: 0, used: 150_000, status: 'exhausted' } },
  'one-unit-left': { holds: { remain: 1, used: 149_999 } },
  low: { holds: { remain: 7_500, used: 142_500 } },
  expired: { holds: { expiresAt: PAST } },
  'expired-200': { holds: { expiresAt: PAST } },
  'expired-and-exhausted': { holds: { remain: 0, used: 150_000, expiresAt: PAST } },
  disabled: { holds: { status: 'disabled' } },
  banned: { holds: { ownerBanned: true } },
  'ip-restricted': { holds: { allowIps: '203.0.113.7\n203.0.113.8' } },
  'redis-dip': { holds: { redis: true } },
  refund: { next: [{ remain: 110_000, used: 40_000 }] },
  'top-up': { holds: { remain: 1_000, used: 149_000 }, next: [{ remain: 501_000, used: 149_000 }] },
  'counter-reset': { next: [{ remain: 150_000, used: 0 }] },
  renewed: { holds: { expiresAt: PAST }, next: [{ expiresAt: -1 }] },
};
