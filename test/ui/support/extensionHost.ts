import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { connectPilot, type Pilot } from '../../host/pilot.ts';
import type { Stage } from '../../host/stage.ts';

/**
 * Ends the extension host of the window that shows the folder of this name, as a crash would; VS Code starts
 * another one. What extensions had in memory is gone, what VS Code keeps for them is not. Returns the new pilot.
 */
export async function crashExtensions({ pilots }: Stage, name: string): Promise<Pilot> {
  const door = join(pilots, `${name}.json`);
  const { pid } = JSON.parse(await readFile(door, 'utf8')) as { pid: number };
  await rm(door);
  process.kill(pid, 'SIGKILL');
  return connectPilot(pilots, name);
}
