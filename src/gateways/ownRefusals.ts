import { type FailureClass, type FailureReason, failed } from '../core/quota/failure.ts';
import type { ErrorMapper } from './errorMapper.ts';
import type { RefusalForm } from './refusalForm.ts';

/**
 * A refusal that gateways of a kind are known to send. Only what agrees in status, form and words is taken for
 * the gateway's own: anyone on the way can answer 401 or 403.
 */
export interface OwnRefusal {
  readonly status: number;
  readonly forms: readonly RefusalForm[];
  /** The whole message, without the id of the request that some put behind it. */
  readonly says?: RegExp;
  /** In place of words, where the software sends a code. */
  readonly code?: string;
  readonly means: readonly [FailureClass, FailureReason];
}

/**
 * The same where a gateway says no with HTTP 200 as well, as it does of every trouble: what is not on the list is told
 * in the gateway's own words, and passes.
 */
export function troubleRefiner(known: readonly OwnRefusal[]): ErrorMapper {
  const own = refiner(known);
  return refusal => {
    const { status, words } = refusal;
    return (
      own(refusal) ?? (status === 200 ? failed('transient', 'unknown-refusal', { status, words }) : undefined)
    );
  };
}

/** Reads refusals by a kind's list; what is not on it is left to the general rules. */
export function refiner(known: readonly OwnRefusal[]): ErrorMapper {
  return ({ status, form, message, code, words }) => {
    const text = message.replace(/\s*\(request id: [^)]*\)\s*$/i, '');
    const own = known.find(
      each =>
        each.status === status &&
        form !== undefined &&
        each.forms.includes(form) &&
        (each.code === undefined || each.code === code) &&
        (each.says === undefined || each.says.test(text)),
    );
    if (!own) return undefined;
    const [failureClass, reason] = own.means;
    // What is said of keys in other states holds parts of them.
    return failed(failureClass, reason, { status, words: failureClass === 'bad-key' ? words : undefined });
  };
}
