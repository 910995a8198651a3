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
  const none = all === 1 ? 'No key' : `None of ${all} keys`;
  const some = (count: number) => (all === 1 ? 'The only key' : `${count} of ${all} keys`);
  const have = (count: number) => `${count === 1 ? 'has' : 'have'} quota left`;
  const doubt =
    unlimited === 0
      ? ''
      : ` ${some(unlimited)} ${have(unlimited)} and no limit of models; whether the gateway offers ${model} is not known.`;
  if (chosen.length === 0 && namesMoreModels(candidates))
    return `${none} is known to be allowed ${model} and has quota left; ${all === 1 ? 'the only key is' : 'some are'} allowed more models than are kept.`;
  if (chosen.length === 0) return `${none} may call ${model} and has quota left.`;
  if (named === 0) return `${none} is known to be allowed ${model} and has quota left.${doubt}`;
  const order = chosen.length === 1 ? '' : ', the one with most room first';
  return `${some(named)} may call ${model} and ${have(named)}${order}.${doubt}`;
}
