import { failed, type GatewayError } from '../core/quota/failure.ts';
import type { KeyRecord } from '../core/quota/key.ts';
import { type Ability, hasAbility } from './credentialSpec.ts';
import { gatewayOf } from './registry.ts';

/** A filter for the keys whose credential has an ability. */
export function abilityFilter(ability: Ability): (key: Pick<KeyRecord, 'kind' | 'credential'>) => boolean {
  return ({ kind, credential }) => {
    const gateway = gatewayOf(kind);
    return gateway !== undefined && hasAbility(gateway, credential, ability);
  };
}

/**
 * Why a key cannot be asked for what an ability is about; undefined where it can. Another credential is worth adding only
 * where there is one that can.
 */
export function missingAbility(
  key: Pick<KeyRecord, 'kind' | 'credential'>,
  ability: Ability,
): GatewayError | undefined {
  if (abilityFilter(ability)(key)) return undefined;
  return gatewayOf(key.kind)?.credentials.some(({ abilities }) => abilities.includes(ability))
    ? failed('bad-key', 'wrong-credential')
    : failed('not-supported', 'never-offered');
}
