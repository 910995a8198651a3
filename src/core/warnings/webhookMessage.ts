import { headroomOf, shareLeft } from '../quota/headroom.ts';
import type { Status } from '../quota/statusName.ts';
import { SEVERITIES, type Severity, type Warning, type WarningKind } from './warning.ts';

/** One warning as a webhook is told it: members of closed sets, shares and times. Amounts and names are in no other member. */
interface WebhookWarning {
  readonly kind: WarningKind;
  readonly severity: Severity;
  readonly status: Status;
  /** A digest by which messages about the same key are known. */
  readonly key: string;
  /** What is left of the total, 0 to 1. */
  readonly shareLeft?: number;
  /** What is spent of the user's own limit, 1 for all of it. */
  readonly shareSpent?: number;
  /** Times are ISO 8601. */
  readonly endsAt?: string;
  readonly resetsAt?: string;
  readonly runsOutAt?: string;
  /** Only where the user allows names. */
  readonly name?: string;
}

/** What is posted to a webhook. */
export interface WebhookMessage {
  readonly source: 'key-quota';
  readonly version: 1;
  readonly event: 'warning' | 'test';
  /** ISO 8601. */
  readonly sentAt: string;
  readonly severity: Severity;
  readonly text: string;
  /** How many keys the message is about. */
  readonly keys: number;
  readonly warnings: readonly WebhookWarning[];
}

export interface WebhookMessageInput {
  readonly warnings: readonly Warning[];
  readonly text: string;
  /** Whether keys may be named. */
  readonly names: boolean;
  readonly digest: (keyId: string) => string;
}

/** More warnings at once are counted by `keys` alone. */
const MAX_WARNINGS = 50;

/** The message for warnings of one moment; without any it is a test. `now` in epoch milliseconds. */
export function webhookMessage(
  { warnings, text, names, digest }: WebhookMessageInput,
  now: number,
): WebhookMessage {
  const severities = new Set(warnings.map(({ severity }) => severity));
  return {
    source: 'key-quota',
    version: 1,
    event: warnings.length === 0 ? 'test' : 'warning',
    sentAt: new Date(now).toISOString(),
    severity: SEVERITIES.find(severity => severities.has(severity)) ?? 'info',
    text,
    keys: new Set(warnings.map(({ key }) => key.id)).size,
    warnings: warnings.slice(0, MAX_WARNINGS).map(warning => ({
      ...membersOf(warning),
      key: digest(warning.key.id),
      ...(names && { name: warning.key.label }),
    })),
  };
}

function membersOf({ kind, severity, key, limit }: Warning): Omit<WebhookWarning, 'key' | 'name'> {
  const { status, reading, forecast } = key;
  const ends = kind === 'plan' ? reading?.plan?.expiresAt : (reading?.expiresAt ?? undefined);
  const known = {
    shareLeft: kind === 'limit' ? undefined : rounded(shareLeft(headroomOf(reading))),
    shareSpent: limit?.spent === undefined ? undefined : rounded(limit.spent / limit.limit),
    endsAt: ends,
    resetsAt: limit?.resetsAt ?? headroomOf(reading).window?.resetsAt,
    runsOutAt: kind === 'forecast' ? forecast?.lastsUntil : undefined,
  };
  return {
    ...{ kind, severity, status },
    ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)),
  };
}

/** To a thousandth, and down: a share of which anything is missing is not all. */
function rounded(share: number | undefined): number | undefined {
  return share === undefined ? undefined : Math.floor(share * 1000) / 1000;
}
