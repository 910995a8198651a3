import { type FailureClass, type FailureReason, failed } from '../core/quota/failure.ts';
import type { ErrorMapper } from './errorMapper.ts';
import type { RefusalForm } from './refusalForm.ts';

/**
 * A refusal that gateways of a kind are known to send. Status, form and message have to match: any proxy on
 * the way can answer 401 or 403.
 */
export interface KnownRefusal {
  readonly status: number;
  readonly forms: readonly RefusalForm[];
  /** Matches the whole message, without the request id that some append. */
  readonly pattern?: RegExp;
  /** Compared in place of the message, where the software sends a code. */
  readonly code?: string;
  readonly failure: readonly [FailureClass, FailureReason];
  /** Whether the message has the key in it. */
  readonly quotesKey?: true;
}

/**
 * The same for gateways that report every failure with HTTP 200: the fallback for a message that is not on
 * the list is a transient failure with the gateway's words.
 */
export function errorMapperWithFallback(refusals: readonly KnownRefusal[]): ErrorMapper {
  const mapKnown = errorMapperFor(refusals);
  return refusal => {
    const { status, words } = refusal;
    return (
      mapKnown(refusal) ??
      (status === 200 ? failed('transient', 'unknown-refusal', { status, words }) : undefined)
    );
  };
}

/** An error mapper by a kind's list of refusals; undefined for what is not on it. */
export function errorMapperFor(refusals: readonly KnownRefusal[]): ErrorMapper {
  return ({ status, form, message, code, words }) => {
    const text = message.replace(/\s*\(request id: [^)]*\)\s*$/i, '');
    const match = refusals.find(
      each =>
        each.status === status &&
        form !== undefined &&
        each.forms.includes(form) &&
        (each.code === undefined || each.code === code) &&
        (each.pattern === undefined || each.pattern.test(text)),
    );
    if (!match) return undefined;
    const [failureClass, reason] = match.failure;
    // Messages about keys in other states contain parts of the key.
    const isToldInWords = failureClass === 'bad-key' && !match.quotesKey;
    return failed(failureClass, reason, { status, words: isToldInWords ? words : undefined });
  };
}
