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
/** In which each key falls due once. */
const MINUTES = 5;
/** After the first figures, until what a start leaves to be done is done: a window without focus looks once a minute. */
const SETTLING_MS = 70_000;

/** What a process has used: processor time in microseconds, and how often it woke. */
interface Use {
  readonly cpuUs: number;
  readonly wakes: number;
}

interface Idled extends Use {
  readonly lastedMs: number;
}

/**
 * What a window costs that nobody is at, in two situations: alone, where it asks about its keys itself as
 * they fall due; and beside a window at work, which asks, while this one takes in what the other writes.
 * The process is the monitor's alone, so that nothing of VS Code is measured; its start does not count.
 *
 * A machine on which all sleeps takes longer for the same: caches are cold, and a virtual processor has to be brought
 * back. So a process that is no monitor wakes beside the windows, and does a small fixed work each time
 * (`idleReference.ts`). What that costs it more than back to back is the machine's; so much is taken off for each time
 * that the window woke. All else is the window's, and must keep the bound.
 */
export const idle: Measure = {
  name: 'idle',
  title: `a window in the background for ${MINUTES} minutes, ${ORIGINS * KEYS_EACH} keys falling due as usual`,
  async run({ quick }) {
    const farm = new Child(new URL('farm.ts', import.meta.url), [String(ORIGINS), String(KEYS_EACH), '0']);
    const reference = new Child(new URL('idleReference.ts', import.meta.url));
    try {
      const origins = JSON.parse((await farm.untilLine('origins ')).slice('origins '.length)) as string[];
      const lastsMs = (quick ? 0.5 : MINUTES) * 60_000;
      const both = Promise.all([inBackground(origins, lastsMs, false), inBackground(origins, lastsMs, true)]);
      await pause(SETTLING_MS);
      reference.writeLine('begin');
      const [alone, beside] = await both;
      const addedUs = await addedByMachine(reference);
      return [
        figure('alone, asking by itself', alone, addedUs),
        figure('beside a focused window that asks', beside, addedUs),
      ];
    } finally {
      await farm.kill();
      await reference.kill();
    }
  },
};

/** `addedUs` is what the machine adds to each time that a process wakes, in microseconds. */
function figure(what: string, { cpuUs, wakes, lastedMs }: Idled, addedUs: number): Figure {
  const shareOf = (us: number) => us / 10 / lastedMs;
  const machine = `less ${wakes} × ${(addedUs / 1000).toFixed(2)} ms of the machine’s`;
  return {
    what: `${what}: share of a core (${shareOf(cpuUs).toFixed(3)} % ${machine})`,
    value: shareOf(cpuUs - wakes * addedUs),
    bound: 0.1,
    unit: '%',
  };
}

/** What waking adds to the work of the reference process, in microseconds. */
async function addedByMachine(reference: Child): Promise<number> {
  const answer = reference.nextLine();
  reference.writeLine('end');
  const { wakingUs, backToBackUs } = JSON.parse(await answer) as { wakingUs: number; backToBackUs: number };
  return Math.max(0, wakingUs - backToBackUs);
}

/** What a background window uses. */
async function inBackground(
  origins: readonly string[],
  lastsMs: number,
  besideFocused: boolean,
): Promise<Idled> {
  const folder = mkdtempSync(join(tmpdir(), 'key-quota-bench-'));
  const keys = origins.flatMap((origin, at) =>
    Array.from({ length: KEYS_EACH }, (_, index): StoredKey => {
      return { id: `${at}-${index}`, origin, handle: `key-${index}` };
    }),
  );
  await fillFolder(folder, keys, Date.now());
  const windows = [startWindow({ folder, keys, focused: false, isWhole: true })];
  if (besideFocused) windows.push(startWindow({ folder, keys, focused: true, isWhole: true }));
  try {
    const [window] = windows;
    if (!window) throw new Error('No window was opened.');
    await window.untilLine('knows');
    await pause(SETTLING_MS);
    const before = await useOf(window);
    const start = performance.now();
    await pause(lastsMs);
    const { cpuUs, wakes } = await useOf(window);
    const lastedMs = performance.now() - start;
    return { cpuUs: cpuUs - before.cpuUs, wakes: wakes - before.wakes, lastedMs };
  } finally {
    for (const window of windows) await closeWindow(window);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a window's process has used so far. */
async function useOf(window: Child): Promise<Use> {
  const answer = window.nextLine();
  window.writeLine('use');
  return JSON.parse(await answer) as Use;
}
