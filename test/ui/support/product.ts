import type { KeyState } from '../../../src/core/quota/keyState.ts';
import { PATIENCE_MS } from '../../host/patience.ts';
import type { Pilot } from '../../host/pilot.ts';
import type { StageWindow } from '../../host/stage.ts';
import { until } from '../../host/until.ts';
import type { Fleet } from '../../sampleGateways/fleet.ts';
import type { SampleKey } from '../../sampleGateways/sampleKeys.ts';
import { tree } from '../workbench/tree.ts';

/** The titles of the view container and of the view, and the id of the status bar item. */
export const CONTAINER = 'Key Quota';
export const VIEW = 'API Keys';
export const ITEM = 'keyQuota.main';

/** The sample key with this label. */
export function sampleKey(fleet: Fleet, label: string): SampleKey {
  const key = fleet.sampleKeys.find(each => each.label === label);
  if (!key) throw new Error(`the fleet has no key “${label}”`);
  return key;
}

/** Adds sample keys by command, and waits until each has been asked about. Returns their ids. */
export async function addKeys(pilot: Pilot, keys: readonly SampleKey[]): Promise<string[]> {
  const ids: string[] = [];
  for (const { label, kind, origin, secret, credential, userId } of keys) {
    const draft = { label, kind, origin, secret, credential, userId };
    const { id } = await pilot.command<{ id: string }>('keyQuota.addKey', draft);
    ids.push(id);
  }
  await allShown(pilot, 'every new key has been asked about', all =>
    ids.every(id => all.some(key => key.id === id && (key.reading || key.failure))),
  );
  return ids;
}

/** Waits until this holds for the public snapshot of a window. */
export async function allShown(
  pilot: Pilot,
  what: string,
  holds: (keys: KeyState[]) => boolean,
  patienceMs = PATIENCE_MS,
): Promise<KeyState[]> {
  return until(what, patienceMs, async () => {
    const keys = await pilot.snapshot<KeyState>();
    return holds(keys) && keys;
  });
}

/** Leaves no key behind for the next test, and no row of one on the screen. */
export async function removeAllKeys({ page, pilot }: StageWindow): Promise<void> {
  for (const { id, via } of await pilot.snapshot<KeyState>()) {
    // These go with their server.
    if (via !== undefined) continue;
    await pilot.command('keyQuota.removeKey', { id, confirmed: true });
  }
  await tree(page, VIEW).getByRole('treeitem').first().waitFor({ state: 'detached' });
}
