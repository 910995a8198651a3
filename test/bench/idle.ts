import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Child } from '../unit/support/child.ts';
import { fillFolder } from '../unit/support/filledFolder.ts';
import type { StoredKey } from '../unit/support/storedKeys.ts';
import type { Figure, Measure } from './measure.ts';
import { closeWindow, startWindow } from './startedWindow.ts';

const ORIGINS = 4;
const KEYS_EACH = 5;
const MINUTES = 10;
/** After the first figures, until what a start leaves to be done is done. */
const SETTLING_MS = 20_000;

/**
 * What a window costs that nobody is at, in two situations: alone, where it asks about its keys itself as
 * they fall due; and beside a window at work, which asks, while this one takes in what the other writes.
 * The process is the monitor's alone, so that nothing of VS Code is measured; its start does not count.
 */
export const idle: Measure = {
  name: 'idle',
  title: `a window in the background for ${MINUTES} minutes, ${ORIGINS * KEYS_EACH} keys falling due as usual`,
  async run({ quick }) {
    const farm = new Child(new URL('farm.ts', import.meta.url), [String(ORIGINS), String(KEYS_EACH), '0']);
    try {
      const origins = JSON.parse((await farm.untilLine('origins ')).slice('origins '.length)) as string[];
      const lastsMs = (quick ? 0.5 : MINUTES) * 60_000;
      const alone = inBackground(origins, lastsMs, false);
      const beside = inBackground(origins, lastsMs, true);
      return [
        figure('alone, asking by itself', await alone),
        figure('beside a focused window that asks', await beside),
      ];
    } finally {
      await farm.kill();
    }
  },
};

function figure(what: string, shareOfCore: number): Figure {
  return { what: `${what}: share of a core`, value: shareOfCore * 100, bound: 0.1, unit: '%' };
}

/** Which share of a core a background window uses. */
async function inBackground(
  origins: readonly string[],
  lastsMs: number,
  besideFocused: boolean,
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'key-quota-bench-'));
  const keys = origins.flatMap((origin, at) =>
    Array.from({ length: KEYS_EACH }, (_, index): StoredKey => {
      return { id: `${at}-${index}`, origin, handle: `key-${index}` };
    }),
  );
  await fillFolder(folder, keys, Date.now());
  const windows = [startWindow({ folder, keys, focused: false })];
  if (besideFocused) windows.push(startWindow({ folder, keys, focused: true }));
  try {
    const [window] = windows;
    if (!window) throw new Error('No window was opened.');
    await window.untilLine('knows');
    await pause(SETTLING_MS);
    const before = await cpuOf(window);
    const start = performance.now();
    await pause(lastsMs);
    return ((await cpuOf(window)) - before) / 1000 / (performance.now() - start);
  } finally {
    for (const window of windows) await closeWindow(window);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Microseconds of processor time that a window's process has used so far. */
async function cpuOf(window: Child): Promise<number> {
  const answer = window.nextLine();
  window.writeLine('cpu');
  return Number((await answer).slice('cpu '.length));
}
