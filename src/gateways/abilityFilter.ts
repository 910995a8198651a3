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
