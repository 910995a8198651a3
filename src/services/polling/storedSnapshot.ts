import type { KeyState } from '../../core/quota/keyState.ts';
import type { Store } from '../../store/store.ts';
import type { Settings } from '../../vscode/host/settings.ts';
import { learnSentences } from './failureMessage.ts';
import { Knowledge } from './snapshotStore.ts';

/** What the store knows about all keys, before anyone was asked and any secret was looked up. */
export async function lastKnown(store: Store, settings: Settings, now: number): Promise<readonly KeyState[]> {
  const knowledge = new Knowledge(store, () => settings);
  knowledge.reload(now);
  if (knowledge.entries.some(({ state }) => state.failure)) await learnSentences();
  knowledge.publish(new Map(), now, true);
  return knowledge.snapshot;
}
