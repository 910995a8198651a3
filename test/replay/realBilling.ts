import type { BillingMode } from '../../src/gateways/siteNotes.ts';
import type { Row } from './realServers.ts';
import type { ReplayOptions, ServerName } from './replayServer.ts';

/** What one key shows of a site's billing. */
interface SiteRow {
  readonly server: ServerName;
  readonly key: string;
  readonly site: ReplayOptions['prefer'];
  readonly mode: BillingMode | undefined;
}

/** `stat-true` and `stat-false` are `DisplayTokenStatEnabled` as the servers were set. */
export const SITE_ROWS: readonly SiteRow[] = [
  {
    server: 'new-api-0.9.25',
    key: 'usage.limited',
    site: ['status.TOKENS', 'billing.TOKENS.stat-true'],
    mode: 'key',
  },
  {
    server: 'new-api-0.9.25',
    key: 'usage.unlimited',
    site: ['status.TOKENS', 'billing.TOKENS.stat-true'],
    mode: 'key',
  },
  // Its status tells another unit than billing did: nothing is read by it.
  {
    server: 'new-api-0.9.25',
    key: 'usage.limited',
    site: ['status.TOKENS', 'billing.USD.stat-true'],
    mode: 'account',
  },
  {
    server: 'new-api-0.10.9',
    key: 'usage.limits',
    site: ['status.USD', 'billing.USD.stat-true'],
    mode: 'key',
  },
  {
    server: 'new-api-0.10.9',
    key: 'usage.limits',
    site: ['status.CNY', 'billing.CNY.stat-true'],
    mode: 'key',
  },
  {
    server: 'new-api-0.10.9',
    key: 'usage.limits',
    site: ['status.CNY', 'billing.USD.stat-true'],
    mode: 'account',
  },
  { server: 'new-api-1.0.0-rc', key: 'usage.limits', site: ['billing.USD.stat-true'], mode: 'key' },
  { server: 'new-api-1.0.0-rc', key: 'usage.limited', site: ['billing.USD.stat-true'], mode: 'key' },
  {
    server: 'new-api-1.0.0-rc',
    key: 'usage.limits',
    site: ['status.TOKENS', 'billing.TOKENS.stat-true'],
    mode: 'key',
  },
  {
    server: 'new-api-1.0.0-rc',
    key: 'usage.limits',
    site: ['status.CUSTOM', 'billing.CUSTOM.stat-true'],
    mode: 'key',
  },
  { server: 'new-api-1.0.0-rc', key: 'usage.limits', site: ['billing.USD.stat-false'], mode: 'account' },
  { server: 'new-api-1.0.0-rc', key: 'usage.limited', site: ['billing.USD.stat-false'], mode: 'account' },
  // Nobody has used it, and billing tells nothing that an account would not.
  { server: 'new-api-0.10.9', key: 'usage.offlimits', site: [], mode: undefined },
  // No endpoint of the key's own, so there is nothing to compare.
  {
    server: 'new-api-0.6.3',
    key: 'sub.limited',
    site: ['status.INCUR', 'billing.INCUR.stat-true'],
    mode: undefined,
  },
  { server: 'one-api', key: 'billing-subscription-limited', site: [], mode: undefined },
  { server: 'one-hub', key: 'billing-subscription-limited', site: [], mode: undefined },
  { server: 'veloera-0.3.25', key: 'sub.disabled', site: ['status.NOCUR'], mode: undefined },
];

/**
 * What is read of a key by billing once that is known to tell the key's own figures. Worked out by hand from what the
 * databases held, as in `realServers.ts`: "limits" has $5.00 with 16,104 units used on New API 0.10.9 and later and
 * 16,102 before, "limited" $10.00 with 103,300, "unlimited" has used 233,872 of 500,000 units a dollar; ¥7.25 and ₭21.5
 * are a dollar.
 */
export const BILLED_ROWS: readonly Row[] = [
  {
    server: 'new-api-0.9.25',
    key: 'billing.TOKENS.stat-true.sub.limited',
    site: ['status.TOKENS', 'billing.TOKENS.stat-true'],
    status: 'ok',
    figure: '4.8M tokens',
    used: 103_300,
    expiresAt: null,
    models: null,
    source: 'billing',
  },
  {
    server: 'new-api-0.9.25',
    key: 'billing.TOKENS.stat-true.sub.unlimited',
    site: ['status.TOKENS', 'billing.TOKENS.stat-true'],
    status: 'ok',
    figure: '∞ · used 233.9K tokens',
    used: 233_872,
    unlimited: true,
    expiresAt: null,
    models: null,
    // In tokens the number that stands for no limit may be one, so the key itself is asked.
  },
  {
    server: 'new-api-0.10.9',
    key: 'sub.limits',
    site: ['billing.USD.stat-true'],
    status: 'ok',
    figure: '$4.96',
    used: 0.032208,
    expiresAt: '2026-12-28T21:59:08.000Z',
    models: ['gpt-4o', 'gpt-4o-mini'],
    source: 'billing',
  },
  {
    server: 'new-api-0.10.9',
    key: 'sub.limits',
    site: ['status.CNY', 'billing.CNY.stat-true'],
    status: 'ok',
    figure: '¥36.01',
    used: 0.233508,
    expiresAt: '2026-12-28T21:59:08.000Z',
    models: ['gpt-4o', 'gpt-4o-mini'],
    source: 'billing',
  },
  // Nothing tells its name and models: its own endpoint was not captured.
  {
    server: 'new-api-0.12.0',
    key: 'sub.limits',
    site: ['billing.USD.stat-true'],
    status: 'ok',
    figure: '$4.96',
    used: 0.032208,
    expiresAt: '2026-12-28T21:55:19.000Z',
    source: 'billing',
  },
  {
    server: 'new-api-0.12.0',
    key: 'sub.limited',
    site: ['billing.USD.stat-true'],
    status: 'ok',
    figure: '$9.79',
    used: 0.2066,
    expiresAt: null,
    source: 'billing',
  },
  {
    server: 'new-api-1.0.0-rc',
    key: 'sub.limits',
    site: ['billing.USD.stat-true'],
    status: 'ok',
    figure: '$4.96',
    used: 0.032208,
    expiresAt: '2026-12-28T21:53:45.000Z',
    models: ['gpt-4o', 'gpt-4o-mini'],
    source: 'billing',
  },
  {
    server: 'new-api-1.0.0-rc',
    key: 'sub.limits',
    site: ['status.CUSTOM', 'billing.CUSTOM.stat-true'],
    status: 'ok',
    figure: '₭106.80',
    used: 0.692472,
    expiresAt: '2026-12-28T21:53:45.000Z',
    models: ['gpt-4o', 'gpt-4o-mini'],
    source: 'billing',
  },
  {
    server: 'new-api-1.0.0-rc',
    key: 'use.unlimited',
    site: ['billing.USD.stat-true'],
    status: 'ok',
    figure: '∞ · used $0.47',
    used: 0.467744,
    unlimited: true,
    expiresAt: null,
    source: 'billing',
  },
];
