/**
 * `npm run pictures`: takes the pictures of the walkthrough and of the README anew, from the real product.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from './browser.ts';
import { arrangeForPicture, statusBarFigure } from './picture.ts';
import { runProgram } from './program.ts';
import { step } from './progress.ts';
import { projectRoot } from './project.ts';
import { run } from './run.ts';
import { addSampleKeys, everyKeyChecked } from './sampleKeys.ts';
import { openStageWindow, type Stage, type StageWindow, setStage } from './stage.ts';
import { SCALE, SIZE, useScreen, WALKTHROUGH_PICTURES } from './walkthroughPictures.ts';
import { asWebp } from './webp.ts';
import { openScreen } from './window.ts';

const README_SIZE = { width: 1280, height: 800 };
const MEDIA = join(projectRoot, 'media');

await runProgram(async ({ cleanup }) => {
  step('building the extension');
  await run(process.execPath, ['esbuild.js'], { cwd: projectRoot });
  const settings = { 'workbench.colorTheme': 'Default Dark Modern', 'window.title': ' ' };
  const stage = await setStage({ settings, fleet: { simulate: false } }, cleanup);
  const browser = await launchBrowser(stage.browser);
  cleanup.add(() => browser.close());
  const screen = await openScreen(browser, { viewport: SIZE, deviceScaleFactor: SCALE });
  const window = await openStageWindow(stage, screen, 'sample-project');
  const folder = join(MEDIA, 'walkthrough');
  await mkdir(folder, { recursive: true });
  for (const [name, take] of Object.entries(WALKTHROUGH_PICTURES)) {
    step(`taking ${name}`);
    await writeFile(join(folder, `${name}.webp`), await asWebp(window.page, await take(window, stage)));
  }
  step('taking the picture of the README');
  await takeReadmePicture(window, stage);
  return 0;
});

async function takeReadmePicture({ page, pilot }: StageWindow, { fleet }: Stage): Promise<void> {
  await addSampleKeys(pilot, fleet);
  await everyKeyChecked(pilot);
  await useScreen(page, README_SIZE, 1);
  await arrangeForPicture(page, pilot);
  const item = await statusBarFigure(page);
  await item.hover();
  await page.locator('.workbench-hover:visible').waitFor();
  await page.screenshot({ path: join(MEDIA, 'screenshot.png') });
}
