import type { GatewayOptions } from '../../../sampleGateways/options.ts';
import type { TestSetup } from '../../support/testSetup.ts';

/** A row of the table of endpoints: which endpoint of which kind gives what to which credential. */
export interface Row {
  readonly opens: GatewayOptions;
  /** Method and path; a query means that these members have to be sent. */
  readonly endpoint: string;
  readonly credential: 'API key' | 'query key' | 'access token' | 'management key' | 'no key';
  readonly asks: (setup: TestSetup) => Promise<unknown>;
  /** Computed by hand from `fixture.ts`. */
  readonly tells: unknown;
}

/** The quota of the key "alice", whatever endpoint it comes from. */
export async function aliceQuota(setup: TestSetup): Promise<unknown> {
  return (await setup.read(setup.key('alice'))).quota;
}

/** $2.00 of $2.50 were left before $0.15 were spent. */
export const ALICE = { unlimited: false, granted: 2.5, used: 0.65, remaining: 1.85 };

/** The keys of the account, newest first. */
export const TEAM_KEYS = [
  { name: 'bob', enabled: true, unlimited: true, used: 0.2, expiresAt: null, models: null, group: 'default' },
  {
    name: 'alice',
    enabled: true,
    unlimited: false,
    used: 0.65,
    remaining: 1.85,
    expiresAt: null,
    models: null,
    group: 'default',
  },
];

/** The rows of the account's log, newest first: key, model, amount. */
export const TEAM_LOG = [
  ['bob', 'gpt-4.1', 0.2],
  ['alice', 'claude-sonnet', 0.05],
  ['alice', 'gpt-4.1', 0.1],
];

/** What the account spent in June; the last minute saw nothing. */
export const TEAM_SUMMARY = { used: 0.35, rpm: 0, tpm: 0 };
