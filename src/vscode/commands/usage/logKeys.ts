import type { KeyToChoose } from '../../../core/panels/usageMessages.ts';
import { abilityFilter } from '../../../gateways/abilityFilter.ts';
import type { LogKeyNames } from '../../panels/logsPanelTypes.ts';
import type { CommandParts } from '../commandParts.ts';

/** The keys whose log can be read. */
export function logKeys({ keyService }: Pick<CommandParts, 'keyService'>): readonly KeyToChoose[] {
  const hasLog = abilityFilter('logs');
  return [...keyService.keysById().values()].filter(hasLog).map(({ id, label }) => ({ id, label }));
}

/** The keys of an account by the names that its log has for them, as its last reading tells them. */
export function logKeyNames({ store }: Pick<CommandParts, 'store'>, keyId: string): LogKeyNames {
  const reading = store.states.stateOf(keyId)?.reading;
  const names = (reading?.accountKeys ?? []).map(({ name, trueName }) => trueName ?? name);
  const isWhole = reading?.accountKeys !== undefined && reading.accountKeysMissing === undefined;
  return { names: [...new Set(names)].filter(name => name !== '').sort(), isWhole };
}
