import { rename, writeFile } from 'node:fs/promises';
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { KeyState } from '../../src/core/quota/keyState.ts';
import { redactor } from '../../src/redaction/redactor.ts';
import { setDisplayLanguage } from '../../src/text/displayLanguage.ts';
import { unpackTexts } from '../../src/text/packedTexts.ts';
import { spendingLimitLines } from '../../src/text/spendingLimitLines.ts';
import { spendSumTexts } from '../../src/text/spendSum.ts';
import { packedTexts } from '../../src/vscode/host/packedTexts.ts';
import type { TreeNode } from '../../src/vscode/tree/treeNode.ts';
import { setSpendLines } from '../../src/vscode/views/spendLines.ts';
import { TOOLTIP_COMMANDS, tooltipMarkdown } from '../../src/vscode/views/tooltip.ts';
import { Views } from '../../src/vscode/views/views.ts';
import { secretFor } from '../sampleGateways/secrets.ts';
import { NOW } from '../unit/support/samples.ts';
import { manyKeyStates, RENDERED_KEYS } from './renderedKeys.ts';

/** How many snapshots are shown, one after the other, and then so many with a pause before each. */
const ROUNDS = Number(process.env.KEY_QUOTA_RENDER_ROUNDS);
const PAUSED_ROUNDS = 15;
const FILE = process.env.KEY_QUOTA_RENDER_FILE ?? '';
/** Milliseconds; long enough for the machine to do something else, as between two checks. */
const PAUSE_MS = 300;

/** What one snapshot took, in milliseconds. */
export interface RenderTimes {
  /** From the snapshot to what the status bar item was told, and which lines of the tree changed. */
  readonly shown: number;
  /** From then until VS Code had every row, as if it asked for all of them. */
  readonly handed: number;
  readonly lines: number;
}

/** All snapshots in order. */
export interface Rendered {
  readonly running: readonly RenderTimes[];
  readonly paused: readonly RenderTimes[];
  /** The average processor time of a tooltip, in milliseconds; a part of `shown`. */
  readonly tooltip: number;
}

/** The entry of an extension with the product's manifest, in its place: shows snapshots, and writes what they took. */
export async function activate({ extensionUri }: vscode.ExtensionContext): Promise<void> {
  setDisplayLanguage(vscode.env.language, unpackTexts(packedTexts(extensionUri)));
  for (let index = 0; index < RENDERED_KEYS; index++) redactor.protect(secretFor(`key-${index}`));
  const face = new Views({ now: () => NOW, after: () => () => undefined });
  face.statusBar.addTooltips({ markdownOf: tooltipMarkdown, commands: TOOLTIP_COMMANDS });
  setSpendLines((keys, others, now) => [
    ...spendSumTexts(keys, now),
    ...spendingLimitLines({ keys, others, all: keys }, [], now, 1),
  ]);
  // The tree is looked at for the first time.
  await face.tree.getChildren();
  const times: RenderTimes[] = [];
  for (let round = 0; round < ROUNDS + PAUSED_ROUNDS; round++) {
    await (round < ROUNDS ? turn() : pause(PAUSE_MS));
    times.push(await timesOf(face, manyKeyStates(round)));
  }
  const written = {
    running: times.slice(0, ROUNDS),
    paused: times.slice(ROUNDS),
    tooltip: tooltipTime(),
  } satisfies Rendered;
  await writeFile(`${FILE}.part`, JSON.stringify(written));
  await rename(`${FILE}.part`, FILE);
}

/**
 * Each snapshot is new, so that nothing is cached. Many are timed together, because the system counts processor time in
 * steps too large for one.
 */
function tooltipTime(): number {
  const snapshots = Array.from({ length: ROUNDS }, (_, round) => manyKeyStates(round));
  const before = processorTime();
  for (const keys of snapshots) tooltipMarkdown(keys, NOW);
  return (processorTime() - before) / ROUNDS;
}

/** The processor time of this thread in milliseconds, where Node can tell it. */
function processorTime(): number {
  const { user, system } = process.threadCpuUsage?.() ?? process.cpuUsage();
  return (user + system) / 1000;
}

async function timesOf(face: Views, keys: readonly KeyState[]): Promise<RenderTimes> {
  const start = performance.now();
  face.renderViews(keys);
  const shown = performance.now();
  const items = await itemsOf(face);
  return { shown: shown - start, handed: performance.now() - shown, lines: items.length };
}

/** What VS Code asks for: rows of gateways, which are expanded, and of keys, which are not. */
async function itemsOf({ tree }: Views): Promise<readonly vscode.TreeItem[]> {
  const items: vscode.TreeItem[] = [];
  const take = (node: TreeNode) => items.push(tree.getTreeItem(node));
  for (const gateway of await tree.getChildren()) {
    take(gateway);
    for (const key of await tree.getChildren(gateway)) take(key);
  }
  return items;
}
