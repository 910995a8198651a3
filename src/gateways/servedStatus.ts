import type { Reading } from '../core/quota/reading.ts';
import type { ServedKey } from '../core/team/servedKey.ts';

/** What a status that a server tells comes to, where no figure does: it has asked the key's gateway. */
export function failureOfStatus(
  status: string | undefined,
  reading: Pick<Reading, 'quota'> | undefined,
): ServedKey['failure'] {
  if (status === 'invalid') return { class: 'bad-key', reason: 'refused-key' };
  if (status === 'disabled') return { class: 'disabled', reason: 'key-disabled' };
  if (reading?.quota) return undefined;
  if (status === 'expired') return { class: 'expired', reason: 'past-expiry' };
  return status === 'exhausted' ? { class: 'exhausted', reason: 'used-up' } : undefined;
}
