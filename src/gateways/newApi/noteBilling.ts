import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import { conversionName } from '../conversionName.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import type { BillingMode, BillingNote } from '../siteNotes.ts';
import { noteOf } from './billingMode.ts';

/** A mode that still holds is noted again this often. */
const RENEW_AFTER_MS = DAY_MS;

const NEW_FOR_MS = 20 * MINUTE_MS;

/** Billing that does not answer for this long is closed, and not just restarting. */
const CLOSED_AFTER_MS = MINUTE_MS;

/** Failures that are further apart than this are two, though nothing was asked in between. */
const SAME_FAILURE_MS = HOUR_MS;

/** The note by which `billingModeOf` knows it. */
export function billingNote({ site, notes, now }: GatewayContext): BillingNote | undefined {
  return noteOf(site, notes?.() ?? {}, now());
}

/** Whether it was found out only now, so that little is known of the site's keys. */
export function isBillingNew(context: GatewayContext): boolean {
  const age = context.now() - (billingNote(context)?.since ?? 0);
  return age >= 0 && age < NEW_FOR_MS;
}

interface ModeEvidence {
  /** See `BillingNote`. */
  readonly isUseProven?: boolean;
  readonly otherLimit?: number;
}

/** Notes what billing tells, for all keys of the site, at most once in `RENEW_AFTER_MS` while it stays the same. */
export function noteBillingMode(
  context: GatewayContext,
  mode: BillingMode,
  { isUseProven = false, otherLimit }: ModeEvidence = {},
): void {
  const { site, note, now } = context;
  const last = billingNote(context);
  const old = last?.mode === mode ? last : undefined;
  const isNews = !old || now() - old.at >= RENEW_AFTER_MS || (isUseProven && !old.isUseProven);
  if (!isNews && old.doubtedAt === undefined) return;
  note?.({
    billing: {
      mode,
      version: site?.version,
      unit: conversionName(site),
      at: now(),
      since: old?.since ?? now(),
      isUseProven: isUseProven || old?.isUseProven,
      ...(otherLimit !== undefined && { otherLimit }),
    },
  });
}

/**
 * Notes that a key is told figures that cannot be its own, where it cannot be asked itself now: billing may tell the
 * account's since a moment ago.
 */
export function noteBillingDoubt(context: GatewayContext, otherLimit: number | undefined): void {
  const last = billingNote(context);
  if (last?.mode !== 'key' || last.doubtedAt !== undefined) return;
  context.note?.({ billing: { ...last, doubtedAt: context.now(), otherLimit } });
}

/**
 * Notes that billing did not answer, at a site where it tells the keys' figures. Returns whether it has been silent for
 * a while: then keys are read without it.
 */
export function noteBillingClosed(context: GatewayContext): boolean {
  const last = billingNote(context);
  if (!last) return true;
  const age = context.now() - (last.closedAt ?? 0);
  if (age < 0 || age >= SAME_FAILURE_MS) context.note?.({ billing: { ...last, closedAt: context.now() } });
  else if (age >= CLOSED_AFTER_MS) noteBillingMode(context, 'none');
  return age >= CLOSED_AFTER_MS && age < SAME_FAILURE_MS;
}

/** Notes that billing has answered. */
export function noteBillingOpen(context: GatewayContext): void {
  const last = billingNote(context);
  if (last?.closedAt !== undefined) context.note?.({ billing: { ...last, closedAt: undefined } });
}
