import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { canary } from '../canary/search.ts';
import { type Fleet, type FleetOptions, startFleet } from '../sampleGateways/fleet.ts';
import { type FoundBrowser, findBrowser } from './browser.ts';
import type { Cleanup } from './cleanup.ts';
import { getCodeServer } from './codeServer.ts';
import { connectPilot, type Pilot, pilotEnvironment, pilotExtension } from './pilot.ts';
import { productPackage } from './productPackage.ts';
import { step } from './progress.ts';
import { projectRoot } from './project.ts';
import { startServer, type VscodeServer } from './server.ts';
import { sleepingProduct } from './sleepingProduct.ts';
import { openWindow } from './window.ts';

/** A running VS Code with the built extension in it, gateways for it to ask, and a browser to look with. */
export interface Stage {
  server: VscodeServer;
  fleet: Fleet;
  browser: FoundBrowser;
  /** Holds the folders that its windows show. */
  home: string;
  /** The folder in which its windows write how to drive them. */
  pilots: string;
}

export interface StageOptions {
  settings?: Record<string, unknown>;
  env?: Record<string, string>;
  fleet?: FleetOptions;
  /** Runs what users install, in place of the folder that was built. */
  packaged?: boolean;
  /** Lets VS Code activate the built folder only when something of it is used, whatever its manifest says. */
  asleep?: boolean;
  /** Packages of extensions to install beside ours, as users do. */
  packages?: readonly string[];
  /** Folders of extensions to install beside ours. */
  extensions?: readonly string[];
}

/** A window of a stage, and the means to drive it. */
export interface StageWindow {
  page: Page;
  pilot: Pilot;
}

/** Sets everything up for people or tests to click through; `cleanup` takes it down. */
export async function setStage(options: StageOptions, cleanup: Cleanup): Promise<Stage> {
  const codeServer = await getCodeServer();
  const browser = await findBrowser();

  step('starting the sample gateways');
  const fleet = await startFleet(options.fleet);
  cleanup.add(() => fleet.close());

  const home = await mkdtemp(join(tmpdir(), 'key-quota-'));
  cleanup.add(() => {
    canary.folder(home);
    return rm(home, { recursive: true, force: true });
  });
  const pilots = join(home, 'pilots');
  await mkdir(pilots);

  const product = options.asleep ? await sleepingProduct(cleanup) : projectRoot;
  const others = options.extensions ?? [];
  step(`starting VS Code ${codeServer.version}`);
  const server = await startServer(codeServer, {
    extensions: [...(options.packaged ? [] : [product]), pilotExtension, ...others],
    packages: [...(options.packaged ? [await productPackage()] : []), ...(options.packages ?? [])],
    env: { ...options.env, ...pilotEnvironment(pilots) },
    settings: options.settings ?? {},
  });
  cleanup.add(() => server.stop());
  return { server, fleet, browser, home, pilots };
}

/** The folder of this name that a window of the stage can show. */
export async function stageFolder(stage: Stage, name: string): Promise<string> {
  const folder = join(stage.home, name);
  await mkdir(folder, { recursive: true });
  return folder;
}

/** Opens a window on the folder of this name. Windows that are open together need different names. */
export async function openStageWindow(
  stage: Stage,
  screen: BrowserContext,
  name: string,
): Promise<StageWindow> {
  const folder = await stageFolder(stage, name);
  // Removes the file that an earlier window on this folder has left.
  await rm(join(stage.pilots, `${name}.json`), { force: true });
  const page = await openWindow(screen, stage.server, { folder });
  return { page, pilot: await connectPilot(stage.pilots, name) };
}
