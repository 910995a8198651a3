import type { SampleGateway } from '../../sampleGateways/server.ts';
import type { QuerySettings } from '../../sampleGateways/settings.ts';

/** Epoch seconds of a local time in June 2026. At noon the day is the same in almost every time zone. */
export function june(day: number, hour = 12): number {
  return new Date(2026, 5, day, hour).getTime() / 1000;
}

/** The whole of June, of which half has passed. Epoch milliseconds. */
export const JUNE = { from: june(1, 0) * 1000, to: june(31, 0) * 1000 - 1 };

/** A query service whose days are ours. */
export const QUERY: QuerySettings = {
  redirect: 'toSlash',
  acceptsAnyDate: false,
  dayOffset: -new Date(2026, 5, 10, 12).getTimezoneOffset(),
  staleDays: false,
};

/**
 * An account with $10.00, a key "alice" with $2.00 of $2.50 left, and an unlimited key "bob". `spend` then
 * takes $0.15 from alice and $0.20 from bob.
 */
export const TEAM = {
  name: 'team',
  quota: 5_000_000,
  keys: {
    alice: { holds: { name: 'alice', remain: 1_000_000, used: 250_000 } },
    bob: { holds: { name: 'bob', remain: 0, used: 0, unlimited: true } },
  },
} as const;

/**
 * | June | key   | model         | units   | USD  | tokens      |
 * |------|-------|---------------|---------|------|-------------|
 * | 10   | alice | gpt-4.1       |  50 000 | 0.10 |  900 + 100  |
 * | 10   | alice | claude-sonnet |  25 000 | 0.05 |  300 + 200  |
 * | 12   | bob   | gpt-4.1       | 100 000 | 0.20 | 1500 + 500  |
 */
export function spend(gateway: SampleGateway): void {
  const rows = [
    ['alice', 10, 'gpt-4.1', 50_000, 900, 100],
    ['alice', 10, 'claude-sonnet', 25_000, 300, 200],
    ['bob', 12, 'gpt-4.1', 100_000, 1500, 500],
  ] as const;
  for (const [key, day, model, quota, promptTokens, completionTokens] of rows) {
    gateway.spend(key, { at: june(day), model, quota, promptTokens, completionTokens });
  }
}
