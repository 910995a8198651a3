import type { Settings } from '../host/settings.ts';
import type { KeyState } from '../quota/keyState.ts';
import type { Store } from '../store/store.ts';
import { Knowledge } from './knowledge.ts';

/** What the store knows about all keys, before anyone was asked and any secret was looked up. */
export function lastKnown(store: Store, settings: Settings, now: number): readonly KeyState[] {
  const knowledge = new Knowledge(store, () => settings);
  knowledge.reload(now);
  knowledge.publish(new Map(), now, true);
  return knowledge.snapshot;
}
