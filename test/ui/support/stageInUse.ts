import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { canary } from '../../canary/search.ts';
import { launchBrowser } from '../../host/browser.ts';
import { Cleanup } from '../../host/cleanup.ts';
import { PATIENCE_MS } from '../../host/patience.ts';
import { projectRoot } from '../../host/project.ts';
import {
  openStageWindow,
  type Stage,
  type StageOptions,
  type StageWindow,
  setStage,
} from '../../host/stage.ts';
import { openScreen, type ScreenOptions } from '../../host/window.ts';
import { addToError } from './addToError.ts';
import { windowState } from './windowState.ts';

/** A stage while the tests of a block run, with one window that all of them share. */
export interface StageInUse extends Stage, StageWindow {
  screen: BrowserContext;
  /** Opens a window beside the shared one. */
  openAnother(name: string): Promise<StageWindow>;
  /** Tells what every window shows, and saves a picture of it in `.test-output`, once, when the test that runs has failed. */
  saveIfFailed(): Promise<void>;
}

export interface StageInUseOptions extends StageOptions {
  screen?: ScreenOptions;
}

/** A stage for the tests of the block: set before the first, taken down after the last. */
export function useStage(options: StageInUseOptions = {}): () => StageInUse {
  const cleanup = new Cleanup();
  let inUse: StageInUse | undefined;
  let unsaved: Mocha.Test | undefined;
  before(async () => {
    const stage = await setStage(options, cleanup);
    const browser = await launchBrowser(stage.browser);
    cleanup.add(() => browser.close());
    const screen = await openScreen(browser, options.screen);
    screen.setDefaultTimeout(PATIENCE_MS);
    screen.on('console', message => canary.text('a console', message.text()));
    const openAnother = (name: string) => openStageWindow(stage, screen, name);
    const saveIfFailed = async () => {
      if (!unsaved?.isFailed()) return;
      const failed = unsaved;
      unsaved = undefined;
      await tellWindows(screen, failed.err);
      await saveWindows(screen, failed.fullTitle());
    };
    inUse = { ...stage, ...(await openAnother('project')), screen, openAnother, saveIfFailed };
  });
  beforeEach(function () {
    unsaved = this.currentTest;
  });
  afterEach(async () => {
    if (!inUse) return;
    await searchWindows(inUse.screen);
    await inUse.saveIfFailed();
  });
  after(() => cleanup.run());
  return () => {
    if (!inUse) throw new Error('the stage is set when the tests run');
    return inUse;
  };
}

/** Looks for marked secrets in what all windows show, pages of panels included. */
async function searchWindows(screen: BrowserContext): Promise<void> {
  for (const frame of screen.pages().flatMap(page => page.frames())) {
    // A frame that is closing shows nothing any more.
    const html = await frame.content().catch(() => '');
    canary.text(`the page ${new URL(frame.url()).pathname}`, html);
  }
}

/** Adds to an error what the windows show: pictures do not come with the log of a run elsewhere. */
async function tellWindows(screen: BrowserContext, error: Error | undefined): Promise<void> {
  for (const [index, page] of screen.pages().entries()) {
    addToError(error, `Window ${index}:\n${await windowState(page).catch(String)}`);
  }
}

async function saveWindows(screen: BrowserContext, title: string): Promise<void> {
  const folder = join(projectRoot, '.test-output');
  await mkdir(folder, { recursive: true });
  const name = title.replace(/[^\w]+/g, '-').slice(0, 100);
  for (const [index, page] of screen.pages().entries()) {
    await page.screenshot({ path: join(folder, `${name}-${index}.png`) });
  }
}
