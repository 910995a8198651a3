import type { Reading } from '../../core/quota/reading.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../core/time.ts';
import { conversionName } from '../conversionName.ts';
import type { KnownOfKey, KnownOfSite } from '../gateway.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import type { Site } from '../site.ts';
import { isPathMissing } from '../siteNotes.ts';
import type { BillingMode, BillingNote, SiteNotes } from '../siteNotesType.ts';
import { TOKEN_USAGE_PATH } from './family.ts';

/** How long a mode is believed. Whether billing that did not answer is back shows with the next key that is read. */
const BELIEVED_FOR_MS: Readonly<Record<BillingMode, number>> = {
  key: 3 * DAY_MS,
  account: 3 * DAY_MS,
  none: 20 * MINUTE_MS,
};
/** A mode that is seen to hold is noted again this often. */
const RENEW_AFTER_MS = DAY_MS;

const NEW_FOR_MS = 20 * MINUTE_MS;

/** Billing that does not answer for so long is closed, and was not only restarted. */
const CLOSED_AFTER_MS = MINUTE_MS;
/** Failures that are further apart than this are two, though nothing was asked in between. */
const SAME_FAILURE_MS = HOUR_MS;

/** What billing tells about the keys of a site; undefined where that is to be found out. */
export function billingModeOf({ site, notes, now }: KnownOfSite): BillingMode | undefined {
  return noteOf(site, notes, now)?.mode;
}

/** The note by which `billingModeOf` knows it. */
export function billingNote({ site, notes, now }: GatewayContext): BillingNote | undefined {
  return noteOf(site, notes?.() ?? {}, now());
}

/** Whether it was found out only now, so that little is known of the site's keys. */
export function isBillingNew(context: GatewayContext): boolean {
  const age = context.now() - (billingNote(context)?.since ?? 0);
  return age >= 0 && age < NEW_FOR_MS;
}

function noteOf(site: Site | undefined, { billing }: SiteNotes, now: number): BillingNote | undefined {
  if (site?.lineage !== 'newApi' || typeof billing?.at !== 'number') return undefined;
  const isSameSite = billing.version === site.version && billing.unit === conversionName(site);
  const age = now - billing.at;
  return isSameSite && age >= 0 && age < (BELIEVED_FOR_MS[billing.mode] ?? 0) ? billing : undefined;
}

interface ModeEvidence {
  /** See `BillingNote`. */
  readonly isUseProven?: boolean;
  readonly otherLimit?: number;
}

/** Notes what billing tells, for all keys of the site; not again and again. */
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
 * Notes that billing did not answer where it tells the keys' figures. Returns whether it has not for a while: then keys
 * are read without it.
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

/** Whether billing is noted to report the account's figures for every key of a site that has nothing else. */
export function isAccountBillingNoted({ billsAccountUntil: until }: SiteNotes, now: number): boolean {
  return typeof until === 'number' && until > now && until <= now + DAY_MS;
}

/** Whether figures are surely the key's own: of an account billing tells neither an end nor that nothing limits it. */
function isSurelyOwn({ quota, expiresAt }: Reading): boolean {
  return quota?.unlimited === true || typeof expiresAt === 'string';
}

/** See `CredentialSpec.mistakenOf`: a reading by billing that may tell the account's figures, or the other way round. */
export function mistakenByBilling(
  known: KnownOfSite,
  { reading, memory }: KnownOfKey,
): 'reading' | 'all' | undefined {
  const { site, notes, now } = known;
  if (reading.source === 'account') return notes.billsAccountUntil === 0 ? 'reading' : undefined;
  if (reading.source !== 'billing' || isSurelyOwn(reading)) return undefined;
  if (isAccountBillingNoted(notes, now)) return 'reading';
  const note = noteOf(site, notes, now);
  if (note?.mode !== 'account' && note?.doubtedAt === undefined) return undefined;
  if (memory?.ownAt === undefined) return 'all';
  return memory.limit !== undefined && memory.limit === note.otherLimit ? 'reading' : undefined;
}

/**
 * The limiter of the first call about a key: billing counts against the general one, the key's own endpoint against
 * the scarce one. A site without that endpoint is read by billing alone.
 */
export function keyLimiter(known: KnownOfSite, last: Reading | undefined): string {
  const { notes, now } = known;
  if (isPathMissing({ notes: () => notes, now: () => now }, TOKEN_USAGE_PATH)) return 'general';
  if (billingModeOf(known) === 'key') return 'general';
  const hasOwnEndpoint = notes.has?.[TOKEN_USAGE_PATH] === true;
  return last?.source !== undefined && !hasOwnEndpoint ? 'general' : 'scarce';
}
