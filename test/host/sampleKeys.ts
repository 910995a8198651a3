import type { Fleet } from '../sampleGateways/fleet.ts';
import type { Pilot } from './pilot.ts';
import { until } from './until.ts';

/** Longer than the timeout of one request: one of the gateways never answers. */
const CHECK_LIMIT_MS = 60_000;

/** Adds the keys a developer would have to a window, as an extension or a keybinding would do it. */
export async function addSampleKeys(pilot: Pilot, fleet: Fleet): Promise<void> {
  for (const { label, kind, origin, secret, credential, userId, pinned } of fleet.sampleKeys) {
    const draft = { label, kind, origin, secret, credential, userId };
    const { id } = await pilot.command<{ id: string }>('keyQuota.addKey', draft);
    if (pinned) await pilot.command('keyQuota.pinKey', id);
  }
}

/** Waits until every key has been asked for once, whatever came of it. */
export async function everyKeyChecked(pilot: Pilot): Promise<void> {
  await until('every key had been checked', CHECK_LIMIT_MS, async () => {
    const keys = await pilot.snapshot<{ reading?: unknown; failure?: unknown }>();
    return keys.length > 0 && keys.every(key => key.reading || key.failure);
  });
}
