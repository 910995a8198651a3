import { type FailureClass, type FailureReason, failed } from '../core/quota/failure.ts';
import type { ErrorMapper } from './errorMapper.ts';
import type { RefusalForm } from './refusalForm.ts';

/**
 * A refusal that gateways of a kind are known to send. Only what agrees in status, form and words is taken for
 * the gateway's own: anyone on the way can answer 401 or 403.
 */
export interface KnownRefusal {
  readonly status: number;
  readonly forms: readonly RefusalForm[];
  /** The whole message, without the id of the request that some put behind it. */
  readonly pattern?: RegExp;
  /** In place of words, where the software sends a code. */
  readonly code?: string;
  readonly failure: readonly [FailureClass, FailureReason];
}

/**
 * The same where a gateway says no with HTTP 200 as well, as it does of every trouble: what is not on the list is told
 * in the gateway's own words, and passes.
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

/** Reads refusals by a kind's list; what is not on it is left to the general rules. */
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
    // What is said of keys in other states holds parts of them.
    return failed(failureClass, reason, { status, words: failureClass === 'bad-key' ? words : undefined });
  };
}
