import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { step } from './progress.ts';
import { projectRoot } from './project.ts';

const INCOMPLETE = '.incomplete-';
const RETRY_MS = 250;
/** Longer than the slowest installation over a slow line, short enough that a stuck one is noticed. */
const LOCK_WAIT_MS = 15 * 60_000;

/** Where large things that are fetched once are kept: KEY_QUOTA_CACHE, else `.cache` of this project. */
export function cacheFolder(): string {
  return resolve(process.env.KEY_QUOTA_CACHE || join(projectRoot, '.cache'));
}

/**
 * The folder `name` of the cache, built by `build` if it is not there yet.
 * It is built under another name and renamed when complete, so that an installation that was killed
 * halfway never looks finished.
 */
export async function cached(name: string, build: (staging: string) => Promise<void>): Promise<string> {
  const target = join(cacheFolder(), name);
  if (await isFolder(target)) {
    return target;
  }
  await mkdir(dirname(target), { recursive: true });
  const unlock = await lockCache();
  try {
    if (await isFolder(target)) {
      return target;
    }
    await removeLeftovers(target);
    const staging = await mkdtemp(target + INCOMPLETE);
    try {
      await build(staging);
      await rename(staging, target);
    } finally {
      await rm(staging, { recursive: true, force: true });
    }
    return target;
  } finally {
    unlock();
  }
}

/** What killed installations of `target` left behind. Under the lock none of it can be in use. */
async function removeLeftovers(target: string): Promise<void> {
  const leftovers = (await readdir(dirname(target))).filter(name =>
    name.startsWith(basename(target) + INCOMPLETE),
  );
  for (const name of leftovers) {
    await rm(join(dirname(target), name), { recursive: true, force: true });
  }
}

/**
 * Lets one process at a time change the cache. An exclusive SQLite transaction is the lock, because
 * the operating system releases it whatever way its owner ends: no stale lock files.
 */
async function lockCache(): Promise<() => void> {
  const database = new DatabaseSync(join(cacheFolder(), 'lock.sqlite'), { timeout: 0 });
  const deadline = Date.now() + LOCK_WAIT_MS;
  for (let attempt = 0; ; attempt++) {
    try {
      database.exec('BEGIN EXCLUSIVE');
      return () => database.close();
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) {
        database.close();
        throw new Error(`The cache ${cacheFolder()} cannot be locked: ${String(error)}`, { cause: error });
      }
      if (attempt === 0) {
        step('waiting for another process that is filling the cache');
      }
      await pause(RETRY_MS);
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === 5;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    found => found.isDirectory(),
    () => false,
  );
}
