/**
 * `npm run pictures`: takes the picture of the README anew, from the real product.
 */
import { join } from 'node:path';
import { launchBrowser } from './browser.ts';
import { arrangeForPicture, statusBarFigure } from './picture.ts';
import { runProgram } from './program.ts';
import { step } from './progress.ts';
import { projectRoot } from './project.ts';
import { run } from './run.ts';
import { addSampleKeys, everyKeyChecked } from './sampleKeys.ts';
import { openStageWindow, type Stage, type StageWindow, setStage } from './stage.ts';
import { openScreen } from './window.ts';

const SIZE = { width: 1280, height: 800 };

await runProgram(async ({ cleanup }) => {
  step('building the extension');
  await run(process.execPath, ['esbuild.js'], { cwd: projectRoot });
  const settings = { 'workbench.colorTheme': 'Default Dark Modern', 'window.title': ' ' };
  const stage = await setStage({ settings, fleet: { simulate: false } }, cleanup);
  const browser = await launchBrowser(stage.browser);
  cleanup.add(() => browser.close());
  const screen = await openScreen(browser, { viewport: SIZE, deviceScaleFactor: 1 });
  const window = await openStageWindow(stage, screen, 'sample-project');
  step('taking the picture of the README');
  await takePicture(window, stage);
  return 0;
});

async function takePicture({ page, pilot }: StageWindow, { fleet }: Stage): Promise<void> {
  await addSampleKeys(pilot, fleet);
  await everyKeyChecked(pilot);
  await arrangeForPicture(page, pilot);
  const item = await statusBarFigure(page);
  await item.hover();
  await page.locator('.workbench-hover:visible').waitFor();
  await page.screenshot({ path: join(projectRoot, 'media', 'screenshot.png') });
}
