import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Child } from '../unit/support/child.ts';
import { fillFolder } from '../unit/support/filledFolder.ts';
import type { StoredKey } from '../unit/support/storedKeys.ts';
import type { Figure, Measure } from './measure.ts';
import { closeWindow, startWindow } from './startedWindow.ts';

const ORIGINS = 4;
const KEYS_EACH = 5;
/** How long it is measured: each key falls due once. */
const MINUTES = 5;
/**
 * After the first figures, until what a start leaves to be done is done: a window without focus looks once a minute, and
 * V8 collects what the start left behind when little has happened for a while.
 */
const SETTLING_MS = 130_000;

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
 * No core sleeps meanwhile: on each a process of the lowest priority spins, which gives way at once. Where all sleeps,
 * the same work takes many times as much processor time on a virtual machine, since it has to be brought back each time,
 * and the figure would say more of the machine than of the window.
 */
export const idle: Measure = {
  name: 'idle',
  title: `a window in the background for ${MINUTES} minutes, ${ORIGINS * KEYS_EACH} keys falling due as usual, on cores that never sleep`,
  async run({ quick }) {
    const farm = new Child(new URL('farm.ts', import.meta.url), [String(ORIGINS), String(KEYS_EACH), '0']);
    const busyCores = Array.from(
      { length: availableParallelism() },
      () => new Child(new URL('busyCore.ts', import.meta.url)),
    );
    try {
      const origins = JSON.parse((await farm.untilLine('origins ')).slice('origins '.length)) as string[];
      await Promise.all(busyCores.map(core => core.untilLine('spins')));
      const lastsMs = (quick ? 0.5 : MINUTES) * 60_000;
      const [alone, beside] = await Promise.all([
        inBackground(origins, lastsMs, false),
        inBackground(origins, lastsMs, true),
      ]);
      return [figure('alone, asking by itself', alone), figure('beside a focused window that asks', beside)];
    } finally {
      await farm.kill();
      for (const core of busyCores) await core.kill();
    }
  },
};

function figure(what: string, { cpuUs, wakes, lastedMs }: Idled): Figure {
  return {
    what: `${what}: share of a core (it woke ${wakes} times)`,
    value: cpuUs / 10 / lastedMs,
    bound: 0.1,
    unit: '%',
  };
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
