/**
 * `npm run pictures`: takes pictures of everything that people see, from the real product, in each kind of theme and in each
 * language, into a folder. With `--readme` only those of the README.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../host/browser.ts';
import { Cleanup } from '../host/cleanup.ts';
import { statusBarFigure } from '../host/picture.ts';
import { runProgram } from '../host/program.ts';
import { step } from '../host/progress.ts';
import { projectRoot } from '../host/project.ts';
import { run } from '../host/run.ts';
import { addSampleKeys, everyKeyChecked } from '../host/sampleKeys.ts';
import { openStageWindow, type Stage, type StageWindow, setStage } from '../host/stage.ts';
import { openScreen } from '../host/window.ts';
import { allShown } from '../ui/support/product.ts';
import { withChineseFont } from './chineseFont.ts';
import { speak } from './language.ts';
import { type PictureOptions, readPictureOptions, THEMES, type ThemeName } from './options.ts';
import { README_PICTURES } from './readmePictures.ts';
import type { Scene } from './scene.ts';
import { clearScreen, RICHEST_KEY, SCENES } from './scenes.ts';

const options = readPictureOptions(process.argv.slice(2));
const SIZE = { width: 1280, height: 800 };
const WIDE = { width: 1920, height: 1080 };
const NARROW = { width: 400, height: 900 };
const TALL = { width: 1280, height: 2000 };
/** A scene that waits longer has gone wrong; the others are taken all the same. */
const SCENE_LIMIT_MS = 20_000;
/** What keys spent is read one after the other, within the calls that gateways allow. */
const SPEND_LIMIT_MS = 240_000;

await runProgram(async ({ cleanup }) => {
  step('building the extension');
  await run(process.execPath, ['esbuild.js'], { cwd: projectRoot });
  await mkdir(options.out, { recursive: true });
  let failed = 0;
  for (const language of options.languages) {
    const ofLanguage = new Cleanup();
    cleanup.add(() => ofLanguage.run());
    failed += await takeAllIn(language, ofLanguage);
    await ofLanguage.run();
  }
  step(`pictures are in ${options.out}${failed > 0 ? `, ${failed} could not be taken` : ''}`);
  return failed === 0 ? 0 : 1;
});

/** Takes the pictures of one language, in a VS Code of its own. Returns how many could not be taken. */
async function takeAllIn(language: string, cleanup: Cleanup): Promise<number> {
  const stage = await setStage({ settings: { 'window.title': ' ' }, fleet: { limits: 'off' } }, cleanup);
  const browser: Browser = await launchBrowser(await withChineseFont(stage.browser, stage.home));
  cleanup.add(() => browser.close());
  const screen = await openScreen(browser, { viewport: SIZE });
  screen.setDefaultTimeout(SCENE_LIMIT_MS);
  const opened = await openStageWindow(stage, screen, 'sample-project');
  const window = language === 'en' ? opened : await speak(language, opened, stage);
  let failed = 0;
  const take = async (scene: Scene, theme: ThemeName, name: string) => {
    const file = (part = '') => join(options.out, `${name}${part}.png`);
    await scene
      .take(window, stage, async part => {
        // The README has one picture of each.
        if (options.readme && part !== undefined) return;
        await window.page.screenshot({ path: file(part && `-${part}`), animations: 'disabled' });
      })
      .catch(async (error: unknown) => {
        failed++;
        process.stderr.write(`${name} in ${theme}: ${String(error)}\n`);
        await window.page.screenshot({ path: file('-FAILED') });
      });
    await clearScreen(window);
  };
  await takeEach(window, stage, language, take);
  return failed;
}

/** Those without keys first, since no key is to be there. */
async function takeEach(
  window: StageWindow,
  stage: Stage,
  language: string,
  take: (scene: Scene, theme: ThemeName, name: string) => Promise<void>,
): Promise<void> {
  const scenes = wanted(options);
  for (const withKeys of [false, true]) {
    if (withKeys) await furnish(window, stage);
    for (const theme of options.themes) {
      step(`${language}, ${theme}, ${withKeys ? 'with keys' : 'without keys'}`);
      await window.pilot.setting('workbench.colorTheme', THEMES[theme]);
      for (const scene of scenes.filter(each => each.withKeys === withKeys)) {
        const readme = README_PICTURES.find(each => each.scene === scene.name);
        if (options.readme && readme?.theme !== theme) continue;
        for (const size of options.readme ? [SIZE] : sizesOf(scene)) {
          await window.page.setViewportSize(size);
          const name = `${scene.name}${partOf(size)}`;
          await take(scene, theme, options.readme ? (readme?.file ?? name) : `${name}-${theme}-${language}`);
        }
      }
    }
  }
}

function sizesOf({ wide, narrow, tall }: Scene): readonly (typeof SIZE)[] {
  return [SIZE, ...(wide ? [WIDE] : []), ...(narrow ? [NARROW] : []), ...(tall ? [TALL] : [])];
}

function partOf(size: typeof SIZE): string {
  if (size === SIZE) return '';
  return size === TALL ? '-tall' : `-${size.width}`;
}

function wanted({ readme, only }: PictureOptions): readonly Scene[] {
  const names = new Set(README_PICTURES.map(each => each.scene));
  return SCENES.filter(
    ({ name }) =>
      (only.length === 0 || only.some(each => name.includes(each))) && (!readme || names.has(name)),
  );
}

/** All sample keys, asked about, and what is said of them at first. */
async function furnish({ page, pilot }: StageWindow, { fleet }: Stage): Promise<void> {
  await addSampleKeys(pilot, fleet);
  await everyKeyChecked(pilot);
  await statusBarFigure(page);
  await page.locator('.notification-toast:visible').first().waitFor();
  await allShown(
    pilot,
    'it is known what a key spent',
    keys => keys.some(({ label, spend }) => label === RICHEST_KEY && (spend?.month ?? 0) > 0),
    SPEND_LIMIT_MS,
  );
  await pilot.command('notifications.clearAll');
}
