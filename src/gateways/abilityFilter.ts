import type { KeyRecord } from '../core/quota/key.ts';
import { type Ability, hasAbility } from './gateway.ts';
import { gatewayOf } from './registry.ts';

/** Which keys a command is about, by what their credential can be asked. */
export function abilityFilter(ability: Ability): (key: Pick<KeyRecord, 'kind' | 'credential'>) => boolean {
  return ({ kind, credential }) => {
    const gateway = gatewayOf(kind);
    return gateway !== undefined && hasAbility(gateway, credential, ability);
  };
}
