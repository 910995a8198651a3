import type { Reading } from '../../core/quota/reading.ts';
import { DAY_MS, MINUTE_MS } from '../../core/time.ts';
import { conversionName } from '../conversionName.ts';
import type { KnownOfKey, KnownOfSite } from '../credentialSpec.ts';
import { isPathMissing } from '../missingPath.ts';
import type { Site } from '../site.ts';
import type { BillingMode, BillingNote, SiteNotes } from '../siteNotes.ts';
import { TOKEN_USAGE_PATH } from './family.ts';

/**
 * How long a mode is believed. A short time where billing did not answer: the next key that is read shows whether it is
 * back.
 */
const BELIEVED_FOR_MS: Readonly<Record<BillingMode, number>> = {
  key: 3 * DAY_MS,
  account: 3 * DAY_MS,
  none: 20 * MINUTE_MS,
};

/** What billing tells about the keys of a site; undefined where that is to be found out. */
export function billingModeOf({ site, notes, now }: KnownOfSite): BillingMode | undefined {
  return noteOf(site, notes, now)?.mode;
}

/** The note of a site, as long as it is believed. */
export function noteOf(site: Site | undefined, { billing }: SiteNotes, now: number): BillingNote | undefined {
  if (site?.lineage !== 'newApi' || typeof billing?.at !== 'number') return undefined;
  const isSameSite = billing.version === site.version && billing.unit === conversionName(site);
  const age = Math.abs(now - billing.at);
  return isSameSite && age < (BELIEVED_FOR_MS[billing.mode] ?? 0) ? billing : undefined;
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
