import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PATIENCE_MS } from '../../host/patience.ts';
import { connectPilot, type Pilot } from '../../host/pilot.ts';
import type { Stage } from '../../host/stage.ts';
import { until } from '../../host/until.ts';

/**
 * Ends the extension host of the window that shows the folder of this name, as a crash would; VS Code starts
 * another one. What extensions had in memory is gone, what VS Code keeps for them is not. Returns the new pilot.
 */
export async function crashExtensions(stage: Stage, name: string): Promise<Pilot> {
  await endExtensionHost(stage, name);
  return connectPilot(stage.pilots, name);
}

/**
 * Ends the extension host of the window that shows the folder of this name, and waits until it is gone. VS Code
 * keeps one whose window was closed, for a window that may come back.
 */
export async function endExtensionHost({ pilots }: Stage, name: string): Promise<void> {
  const pilotFile = join(pilots, `${name}.json`);
  const { pid } = JSON.parse(await readFile(pilotFile, 'utf8')) as { pid: number };
  await rm(pilotFile);
  await until('the extension host was gone', PATIENCE_MS, () => !canKill(pid));
}

function canKill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}
