import { isMembers } from '../../core/ownJson.ts';
import type { Settings } from '../../core/ports/settings.ts';
import type { Store } from '../../core/ports/store.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { storedSnapshot } from '../polling/storedSnapshot.ts';
import { sharedSettings } from './sharedSettings.ts';

/** The states of all keys as the extension shows them, from its database alone. `defaults` hold where nothing was shared. */
export function storedStates(store: Store, defaults: Settings, now: number): Promise<readonly KeyState[]> {
  return storedSnapshot(store, { ...defaults, ...stateSettings(store) }, now);
}

function stateSettings(store: Store): Partial<Settings> {
  const { pollMs, low, monthBegins, gateways = [] } = sharedSettings(store) ?? {};
  return {
    ...(typeof pollMs === 'number' && { pollMs }),
    ...(typeof monthBegins === 'number' && { monthBegins }),
    ...(low && typeof low.percent === 'number' && isMembers(low.amounts) && { low }),
    gateways: new Map(gateways.filter(each => Array.isArray(each) && isMembers(each[1]))),
  };
}
