// JavaScript, because an installed extension is loaded as it is.
import { rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { commands, extensions, workspace } from 'vscode';

/** How long the extension host has to have had nothing to do, and what counts as nothing. */
const QUIET_MS = 100;
const QUIET_SHARE = 0.1;
/** How soon a window answers that has nothing to do either, and how often it has to in a row. */
const ANSWER_MS = 10;
const ANSWERS = 6;
/** VS Code waits ten seconds for us, longer than three times this, and then begins what comes after its start. */
const PATIENCE_MS = 3000;

/**
 * Times the activation of the extensions that KEY_QUOTA_PROBE_IDS names, one after the other and after that of
 * KEY_QUOTA_PROBE_FIRST, and writes the times beside the other probes' into KEY_QUOTA_PROBE_DIR. VS Code lets
 * nothing of `onStartupFinished` begin until this function has returned, so that none of them is active before
 * its turn.
 */
export async function activate() {
  const {
    KEY_QUOTA_PROBE_DIR: folder,
    KEY_QUOTA_PROBE_FIRST: first,
    KEY_QUOTA_PROBE_IDS: list,
  } = process.env;
  const name = basename(workspace.workspaceFolders?.[0]?.uri.fsPath ?? '');
  if (!folder || !first || !list || !name.startsWith('start-')) return;
  const ids = turned(list.split(' '), Number(name.slice('start-'.length)));
  /** @type {Record<string, { at: number, ms: number }>} */
  const times = {};
  await timed(first);
  for (const id of ids) {
    await quiet();
    times[id] = await timed(id);
  }
  const file = join(folder, `${name}.json`);
  await writeFile(`${file}.part`, JSON.stringify({ pid: process.pid, times }));
  await rename(`${file}.part`, file);
}

/**
 * So that over the starts each is the first to be activated as often as any other.
 * @param {string[]} ids
 * @param {number} start
 */
function turned(ids, start) {
  const first = start % ids.length;
  return [...ids.slice(first), ...ids.slice(0, first)];
}

/** @param {string} id */
async function timed(id) {
  const extension = extensions.getExtension(id);
  if (!extension) throw new Error(`${id} is not installed`);
  if (extension.isActive) throw new Error(`${id} is active already`);
  const at = Date.now();
  const start = performance.now();
  await extension.activate();
  return { at, ms: performance.now() - start };
}

/**
 * What VS Code, or the extension before, has still to do must not be in the time of the next one. A window that
 * starts is quiet for a moment now and then.
 */
async function quiet() {
  const deadline = performance.now() + PATIENCE_MS;
  for (let answers = 0; answers < ANSWERS && performance.now() < deadline; ) {
    const before = performance.eventLoopUtilization();
    await pause(QUIET_MS);
    const share = performance.eventLoopUtilization(before).utilization;
    const asked = performance.now();
    await commands.executeCommand('setContext', 'keyQuotaProbe.asked', true);
    answers = share < QUIET_SHARE && performance.now() - asked < ANSWER_MS ? answers + 1 : 0;
  }
}
