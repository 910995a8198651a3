import type { Status } from '../../src/core/quota/statusName.ts';
import type { ReplayOptions, ServerName } from './replayServer.ts';

/** What a person must read of one key at one server. */
export interface Row {
  readonly server: ServerName;
  /** A capture that was asked with the key. */
  readonly key: string;
  readonly site?: ReplayOptions['prefer'];
  readonly status: Status;
  /** What the status bar leads with. */
  readonly figure?: string;
  readonly used?: number;
  readonly unlimited?: boolean;
  readonly expiresAt?: string | null;
  readonly models?: readonly string[] | null;
  /** Whose figures they are, where it is not the key's own word. */
  readonly source?: 'billing' | 'account';
  /** What there is to do, where the key does not simply work. */
  readonly advice?: RegExp;
}

const DISABLED = /is disabled at .*Enable it there/;
const EXPIRED = /has expired\. Renew it/;
const USED_UP = /used up\. Top it up/;
const BANNED = /has banned the owner/;
const ADDRESS = /network address.*allow-list/;
const GROUP = /does not allow .* to do this\..*restrictions/;
const UNKNOWN = /does not accept the key .*copied whole/;

/** A site whose owner shows raw units; the only one of which 0.9.25 and Veloera gave a status. */
const V6 = ['status.INCUR', 'billing.INCUR.stat-true'];
const V9 = ['status.TOKENS', 'billing.TOKENS.stat-true'];
const VELOERA = ['status.NOCUR', 'billing.NOCUR.stat-true'];

/**
 * Worked out by hand from what the servers' databases held. "limited" has $10.00, of which $0.2066 are used,
 * "limits" $5.00 with $0.0322 used, an end on December 28, 2026 and two models, "unlimited" has used $0.467744.
 * At 500,000 units a dollar that is 4,896,700 units left of "limited", 2,483,896 of "limits".
 */
export const ROWS: readonly Row[] = [
  // 0.6.3 has no /api/usage/token/: billing alone. A key that is bound to an address passes there.
  {
    server: 'new-api-0.6.3',
    key: 'sub.limited',
    site: V6,
    status: 'ok',
    figure: '$9.79',
    used: 0.2066,
    expiresAt: null,
    source: 'billing',
  },
  {
    server: 'new-api-0.6.3',
    key: 'sub.limits',
    site: V6,
    status: 'ok',
    figure: '$4.96',
    used: 0.032204,
    expiresAt: '2026-12-28T21:59:09.000Z',
    source: 'billing',
  },
  {
    server: 'new-api-0.6.3',
    key: 'sub.unlimited',
    site: V6,
    status: 'ok',
    figure: '∞ · used $0.47',
    used: 0.467744,
    unlimited: true,
    expiresAt: null,
    source: 'billing',
  },
  { server: 'new-api-0.6.3', key: 'sub.empty', site: V6, status: 'exhausted', advice: USED_UP },
  { server: 'new-api-0.6.3', key: 'sub.usedupfresh', site: V6, status: 'exhausted', advice: USED_UP },
  { server: 'new-api-0.6.3', key: 'use.expired', site: V6, status: 'expired', advice: EXPIRED },
  { server: 'new-api-0.6.3', key: 'sub.disabled', site: V6, status: 'disabled', advice: DISABLED },
  { server: 'new-api-0.6.3', key: 'sub.banned', site: V6, status: 'disabled', advice: BANNED },
  { server: 'new-api-0.6.3', key: 'sub.deleted', site: V6, status: 'invalid', advice: UNKNOWN },
  { server: 'new-api-0.6.3', key: 'sub._wrong_', site: V6, status: 'invalid', advice: UNKNOWN },
  // 0.9.25 checks a key in full before it tells.
  {
    server: 'new-api-0.9.25',
    key: 'usage.limited',
    site: V9,
    status: 'ok',
    figure: '4.8M tokens',
    used: 103_300,
    expiresAt: null,
    models: null,
  },
  {
    server: 'new-api-0.9.25',
    key: 'usage.unlimited',
    site: V9,
    status: 'ok',
    figure: '∞ · used 233.9K tokens',
    used: 233_872,
    unlimited: true,
    expiresAt: null,
    models: null,
  },
  { server: 'new-api-0.9.25', key: 'usage.usedup', site: V9, status: 'exhausted', advice: USED_UP },
  { server: 'new-api-0.9.25', key: 'usage.empty', site: V9, status: 'exhausted', advice: USED_UP },
  { server: 'new-api-0.9.25', key: 'usage.expired', site: V9, status: 'expired', advice: EXPIRED },
  { server: 'new-api-0.9.25', key: 'usage.disabled', site: V9, status: 'disabled', advice: DISABLED },
  { server: 'new-api-0.9.25', key: 'usage.banned', site: V9, status: 'disabled', advice: BANNED },
  { server: 'new-api-0.9.25', key: 'usage.ipbound', site: V9, status: 'unknown', advice: ADDRESS },
  { server: 'new-api-0.9.25', key: 'usage.foreigngroup', site: V9, status: 'unknown', advice: GROUP },
  { server: 'new-api-0.9.25', key: 'log._wrong_', site: V9, status: 'invalid', advice: UNKNOWN },
  // 0.10.9 and 0.12.0 tell figures to keys that they refuse everywhere else.
  {
    server: 'new-api-0.10.9',
    key: 'usage.limits',
    status: 'ok',
    figure: '$4.96',
    used: 0.032208,
    expiresAt: '2026-12-28T21:59:08.000Z',
    models: ['gpt-4o', 'gpt-4o-mini'],
  },
  {
    server: 'new-api-0.10.9',
    key: 'usage.twinB',
    status: 'ok',
    figure: '$1.95',
    used: 0.05,
    expiresAt: null,
    models: null,
  },
  {
    server: 'new-api-0.10.9',
    key: 'usage.offlimits',
    status: 'ok',
    figure: '$10.00',
    used: 0,
    expiresAt: null,
    models: null,
  },
  {
    server: 'new-api-0.10.9',
    key: 'usage.usedupfresh',
    status: 'exhausted',
    used: 0.0325,
    expiresAt: null,
    models: null,
  },
  {
    server: 'new-api-0.10.9',
    key: 'usage.expired',
    status: 'expired',
    figure: '$9.99',
    used: 0.0095,
    expiresAt: '2026-11-28T21:59:33.000Z',
    models: null,
  },
  { server: 'new-api-0.10.9', key: 'usage.ipbound', status: 'unknown', advice: ADDRESS },
  { server: 'new-api-0.10.9', key: 'usage.foreigngroup', status: 'unknown', advice: GROUP },
  { server: 'new-api-0.10.9', key: 'usage.deleted', status: 'invalid', advice: UNKNOWN },
  { server: 'new-api-0.12.0', key: 'usage.disabled', status: 'disabled', advice: DISABLED },
  {
    server: 'new-api-0.12.0',
    key: 'usage.cjk',
    status: 'ok',
    figure: '$9.99',
    used: 0.002348,
    expiresAt: null,
    models: null,
  },
  {
    server: 'new-api-0.12.0',
    key: 'usage.empty',
    status: 'exhausted',
    figure: '$0.00',
    used: 0,
    expiresAt: null,
    models: null,
  },
  {
    server: 'new-api-0.12.0',
    key: 'usage.expired',
    status: 'expired',
    figure: '$9.99',
    used: 0.0095,
    expiresAt: '2026-11-28T21:55:44.000Z',
    models: null,
  },
  { server: 'new-api-0.12.0', key: 'usage._wrong_', status: 'invalid', advice: UNKNOWN },
  // 1.0 tells a disabled key at once, and says "Invalid token" of every other on billing.
  {
    server: 'new-api-1.0.0-rc',
    key: 'usage.limits',
    status: 'ok',
    figure: '$4.96',
    used: 0.032208,
    expiresAt: '2026-12-28T21:53:45.000Z',
    models: ['gpt-4o', 'gpt-4o-mini'],
  },
  {
    server: 'new-api-1.0.0-rc',
    key: 'usage.usedup',
    status: 'exhausted',
    used: 0.0325,
    expiresAt: null,
    models: null,
  },
  {
    server: 'new-api-1.0.0-rc',
    key: 'usage.empty',
    status: 'exhausted',
    figure: '$0.00',
    used: 0,
    expiresAt: null,
    models: null,
  },
  {
    server: 'new-api-1.0.0-rc',
    key: 'usage.expiredfresh',
    status: 'expired',
    figure: '$10.00',
    used: 0,
    expiresAt: '2026-11-28T21:54:10.000Z',
    models: null,
  },
  { server: 'new-api-1.0.0-rc', key: 'usage.disabled', status: 'disabled', advice: DISABLED },
  { server: 'new-api-1.0.0-rc', key: 'usage.ipbound', status: 'unknown', advice: ADDRESS },
  { server: 'new-api-1.0.0-rc', key: 'usage.foreigngroup', status: 'unknown', advice: GROUP },
  { server: 'new-api-1.0.0-rc', key: 'log._wrong_', status: 'invalid', advice: UNKNOWN },
  // Veloera: as 0.6.3, here on a site that shows raw units.
  {
    server: 'veloera-0.3.25',
    key: 'billing.NOCUR.stat-true.sub.limited',
    site: VELOERA,
    status: 'ok',
    figure: '4.8M tokens',
    used: 103_300,
    expiresAt: null,
    source: 'billing',
  },
  { server: 'veloera-0.3.25', key: 'sub.disabled', site: VELOERA, status: 'disabled', advice: DISABLED },
  { server: 'veloera-0.3.25', key: 'sub.expired', site: VELOERA, status: 'expired', advice: EXPIRED },
  { server: 'veloera-0.3.25', key: 'sub.empty', site: VELOERA, status: 'exhausted', advice: USED_UP },
  { server: 'veloera-0.3.25', key: 'use.usedup', site: VELOERA, status: 'exhausted', advice: USED_UP },
  { server: 'veloera-0.3.25', key: 'use.banned', site: VELOERA, status: 'disabled', advice: BANNED },
  { server: 'veloera-0.3.25', key: 'use.deleted', site: VELOERA, status: 'invalid', advice: UNKNOWN },
  // One API: $4.00 with $0.102838 used, until 2030; an unlimited key's use is not counted.
  {
    server: 'one-api',
    key: 'billing-subscription-limited',
    status: 'ok',
    figure: '$3.89',
    used: 0.102838,
    expiresAt: '2030-01-01T00:00:00.000Z',
    source: 'billing',
  },
  {
    server: 'one-api',
    key: 'billing-subscription-unlimited',
    status: 'ok',
    figure: '∞',
    unlimited: true,
    expiresAt: null,
    source: 'billing',
  },
  { server: 'one-api', key: 'billing-subscription-usedup', status: 'exhausted', advice: USED_UP },
  { server: 'one-api', key: 'billing-subscription-expired', status: 'expired', advice: EXPIRED },
  { server: 'one-api', key: 'billing-subscription-disabled', status: 'disabled', advice: DISABLED },
  { server: 'one-api', key: 'billing-subscription-subnet', status: 'unknown', advice: ADDRESS },
  { server: 'one-api', key: 'billing-wrong-key', status: 'invalid', advice: UNKNOWN },
  {
    server: 'one-api',
    key: 'no-currency-billing-subscription-limited',
    site: ['no-currency'],
    status: 'ok',
    figure: '1.9M tokens',
    used: 51_419,
    expiresAt: '2030-01-01T00:00:00.000Z',
    source: 'billing',
  },
  // One-hub: $5.00 with $1.565 used; an unlimited key is told with the account's $20.00 and $2.52.
  {
    server: 'one-hub',
    key: 'billing-subscription-limited',
    status: 'ok',
    figure: '$3.43',
    used: 1.565,
    expiresAt: '2026-12-28T22:04:08.000Z',
    source: 'billing',
  },
  { server: 'one-hub', key: 'billing-subscription-small', status: 'exhausted', advice: USED_UP },
  { server: 'one-hub', key: 'billing-subscription-expired', status: 'expired', advice: EXPIRED },
  { server: 'one-hub', key: 'billing-subscription-iponly', status: 'unknown', advice: ADDRESS },
  { server: 'one-hub', key: 'billing-wrong', status: 'invalid', advice: UNKNOWN },
  { server: 'done-hub', key: 'billing-subscription-expired', status: 'expired', advice: EXPIRED },
  { server: 'done-hub', key: 'billing-subscription-iponly', status: 'unknown', advice: ADDRESS },
  { server: 'done-hub', key: 'billing-wrong', status: 'invalid', advice: UNKNOWN },
];
