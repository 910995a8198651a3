import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LANGUAGE_NAMES } from '../host/displayLanguage.ts';
import { connectPilot } from '../host/pilot.ts';
import type { Stage, StageWindow } from '../host/stage.ts';
import { answerDialog } from '../ui/workbench/dialog.ts';
import { choose, runCommand } from '../ui/workbench/quickInput.ts';

/** Restarts a window in a language, as a person does. */
export async function speak(
  language: string,
  { page }: StageWindow,
  { pilots }: Stage,
): Promise<StageWindow> {
  const names: Readonly<Record<string, string>> = LANGUAGE_NAMES;
  const name = names[language];
  if (name === undefined) throw new Error(`There is no language ${language} among: ${Object.keys(names)}.`);
  await runCommand(page, 'Configure Display Language');
  await choose(page, name);
  const loaded = page.waitForEvent('load');
  await rm(join(pilots, 'sample-project.json'), { force: true });
  await answerDialog(page, name, 'Restart');
  await loaded;
  return { page, pilot: await connectPilot(pilots, 'sample-project') };
}
