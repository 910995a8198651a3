import { watch } from 'node:fs/promises';
import { windowAddress } from './address.ts';
import { launchBrowser } from './browser.ts';
import { arrangeForPicture, statusBarFigure } from './picture.ts';
import { connectPilot } from './pilot.ts';
import { type ProgramContext, runProgram } from './program.ts';
import { step } from './progress.ts';
import { projectRoot } from './project.ts';
import { run } from './run.ts';
import { addSampleKeys, everyKeyChecked } from './sampleKeys.ts';
import { openStageWindow, type Stage, setStage, stageFolder } from './stage.ts';
import { readStartOptions, type StartOptions } from './startOptions.ts';
import { openScreen, openWindow } from './window.ts';

const FOLDER_NAME = 'sample-project';

await runProgram(async context => {
  const options = readStartOptions(process.argv.slice(2));
  step('building the extension');
  await run(process.execPath, ['esbuild.js'], { cwd: projectRoot });
  // A warning would cover what the picture shows.
  const silence = options.screenshot ? { 'keyQuota.warnings.enabled': false } : {};
  const settings = { 'workbench.colorTheme': options.theme, ...silence };
  // A picture is taken of figures that stand still.
  const fleet = { simulate: !options.screenshot };
  const stage = await setStage({ settings, fleet }, context.cleanup);
  return options.screenshot
    ? takePicture(stage, options, options.screenshot, context)
    : stayOpen(stage, context);
});

async function takePicture(
  stage: Stage,
  options: StartOptions,
  file: string,
  { cleanup }: ProgramContext,
): Promise<number> {
  const browser = await launchBrowser(stage.browser);
  cleanup.add(() => browser.close());
  step('opening a window');
  const screen = await openScreen(browser, { viewport: options.size, deviceScaleFactor: options.scale });
  const { page, pilot } = await openStageWindow(stage, screen, FOLDER_NAME);
  step('adding the sample keys');
  await addSampleKeys(pilot, stage.fleet);
  await everyKeyChecked(pilot);
  const item = await statusBarFigure(page);
  await arrangeForPicture(page, pilot);
  if (options.hover) {
    await item.hover();
    await page.locator('.workbench-hover:visible').waitFor();
  }
  await page.screenshot({ path: file });
  step(`saved ${file}`);
  return 0;
}

async function stayOpen(stage: Stage, { cleanup, interrupted }: ProgramContext): Promise<number> {
  const folder = await stageFolder(stage, FOLDER_NAME);
  // Started before anyone can open the address.
  const furnishing = furnishWindows(stage, interrupted);
  if (hasDisplay() && !stage.browser.headlessOnly) {
    const browser = await launchBrowser(stage.browser, { headless: false });
    cleanup.add(() => browser.close());
    await openWindow(await openScreen(browser, { viewport: null }), stage.server, { folder });
  }
  process.stdout.write(`${windowAddress(stage.server.origin, { folder })}\n`);
  step('open this address in a browser; Ctrl-C stops everything');
  await furnishing;
  return 0;
}

/**
 * Adds the sample keys in every window that opens. Not once for all, because a browser keeps the secrets
 * of its windows to itself. A window that has the keys already is not changed.
 */
async function furnishWindows(stage: Stage, signal: AbortSignal): Promise<void> {
  for await (const { filename } of watch(stage.pilots, { signal })) {
    if (filename === `${FOLDER_NAME}.json`) {
      await connectPilot(stage.pilots, FOLDER_NAME)
        .then(pilot => addSampleKeys(pilot, stage.fleet))
        .catch(error => step(`the sample keys were not added: ${String(error)}`));
    }
  }
}

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
