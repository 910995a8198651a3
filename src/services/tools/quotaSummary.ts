import type { KeyState } from '../../core/quota/keyState.ts';
import { isUnlimitedInModels, namesMoreModels } from '../../core/quota/modelKeys.ts';

/** The first sentences of an answer to `keyQuota_getQuota`: how many keys there are, and which may call the model. */
export function quotaSummary(
  chosen: readonly KeyState[],
  candidates: readonly KeyState[],
  model: string | undefined,
): string {
  const all = candidates.length;
  if (all === 0) return 'The user has added no keys to Key Quota.';
  if (model === undefined)
    return all === 1 ? 'One key.' : `${all} keys, the one that needs attention most first.`;
  const unlimited = chosen.filter(isUnlimitedInModels).length;
  const named = chosen.length - unlimited;
  const doubt =
    unlimited === 0
      ? ''
      : ` ${unlimited} of ${all} keys ${unlimited === 1 ? 'has' : 'have'} quota left and no limit of models; whether the gateway offers ${model} is not known.`;
  if (chosen.length === 0 && namesMoreModels(candidates))
    return `None of ${all} keys is known to be allowed ${model} and has quota left; some are allowed more models than are kept.`;
  if (chosen.length === 0) return `None of ${all} keys may call ${model} and has quota left.`;
  return named === 0
    ? `None of ${all} keys is known to be allowed ${model} and has quota left.${doubt}`
    : `${named} of ${all} keys may call ${model} and have quota left, the one with most room first.${doubt}`;
}
