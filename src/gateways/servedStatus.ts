import type { Reading } from '../core/quota/reading.ts';
import type { ServedKey } from '../core/team/servedKey.ts';

/** What a server can know against a key. Its reasons are about its own secret and its own network. */
const REASONS = {
  'bad-key': 'refused-key',
  exhausted: 'used-up',
  expired: 'past-expiry',
  disabled: 'key-disabled',
  forbidden: 'forbidden',
} as const;

/** The failure that a server's failure means here. A key that the server has paused has none; its figures age. */
export function failureOfClass(failure: string | undefined): ServedKey['failure'] {
  if (failure === undefined || failure === 'paused') return undefined;
  if (!isKnown(failure)) return { class: 'transient', reason: 'server-error' };
  return { class: failure, reason: REASONS[failure] };
}

/** The same of a status, where no figure tells it. */
export function failureOfStatus(
  status: string | undefined,
  reading: Pick<Reading, 'quota'> | undefined,
): ServedKey['failure'] {
  if (status === 'invalid') return failureOfClass('bad-key');
  const isToldByFigure = reading?.quota && status !== 'disabled';
  return status !== undefined && isKnown(status) && !isToldByFigure ? failureOfClass(status) : undefined;
}

function isKnown(text: string): text is keyof typeof REASONS {
  return Object.hasOwn(REASONS, text);
}
