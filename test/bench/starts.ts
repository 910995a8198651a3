import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { openStageWindow, type Stage } from '../host/stage.ts';
import { until } from '../host/until.ts';
import type { Fleet } from '../sampleGateways/fleet.ts';
import { endExtensionHost } from '../ui/support/extensionHost.ts';
import { inStore } from '../ui/support/sharedStore.ts';
import { type FirstPaint, firstPaint } from './firstPaint.ts';

const PATIENCE_MS = 30_000;

/** What the probe tells of the extensions it activated in one extension host. */
interface Probed {
  readonly pid: number;
  /** By extension: when its activation began, in epoch milliseconds, and how long it took. */
  readonly times: Readonly<Record<string, { readonly at: number; readonly ms: number }>>;
}

/** One start of a window with a new extension host. */
export interface Start extends Probed {
  readonly paint: FirstPaint;
  /** When the gateways were called, in epoch milliseconds, the first call first. */
  readonly calls: readonly number[];
}

/** Opens a window, waits until its start is over and measured, and ends it together with its extension host. */
export async function freshStart(
  stage: Stage,
  screen: BrowserContext,
  probes: string,
  name: string,
): Promise<Start> {
  const before = callsOf(stage.fleet).length;
  const { page } = await openStageWindow(stage, screen, name);
  const probed = await probedIn(join(probes, `${name}.json`));
  const paint = await firstPaint(page);
  // Without calls that come, none that came too early could be seen.
  const calls = await until('a gateway was called', PATIENCE_MS, () => {
    const all = callsOf(stage.fleet);
    return all.length > before && all.slice(before);
  });
  await page.close();
  await endExtensionHost(stage, name);
  return { ...probed, paint, calls };
}

/** Moves all times in the store into the past, as if no window had been open since. */
export function letTimePass(stage: Stage, ms: number): void {
  const takenAt = new Date(Date.now() - ms).toISOString();
  inStore(stage, database => {
    database.prepare('UPDATE requests SET sent_at = sent_at - ?').run(ms);
    database.prepare('UPDATE claims SET ends_at = ends_at - ?').run(ms);
    database.prepare('UPDATE states SET checked_at = checked_at - ?1, due_at = due_at - ?1').run(ms);
    database.prepare(`UPDATE states SET reading = json_set(reading, '$.takenAt', ?)`).run(takenAt);
  });
}

function callsOf({ gateways }: Fleet): number[] {
  return Object.values(gateways)
    .flatMap(({ calls }) => calls.map(({ at }) => at))
    .sort((a, b) => a - b);
}

function probedIn(file: string): Promise<Probed> {
  return until('the probe had timed the extensions', PATIENCE_MS, async () => {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    return text && (JSON.parse(text) as Probed);
  });
}
