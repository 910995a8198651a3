import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type { Status } from '../../../../src/core/quota/statusName.ts';
import { STATUS_BAR_STYLES } from '../../../../src/vscode/host/statusBarChoices.ts';
import { DEFAULT_LOOK } from '../../../../src/vscode/host/statusBarLook.ts';
import { statusBarText } from '../../../../src/vscode/statusBar/statusBarText.ts';
import type { TreeNode } from '../../../../src/vscode/tree/treeNode.ts';
import { treeNodes } from '../../../../src/vscode/tree/treeNodes.ts';
import { at, DAY, HOUR, keyState, NOW, quota, reading } from '../../support/samples.ts';

const STATUSES: readonly Status[] = [
  ...(['ok', 'low', 'exhausted', 'expired', 'disabled', 'invalid', 'stale', 'unknown'] as const),
];

/** Keys in every status, and with all that can be told of a key. */
const KEYS: readonly KeyState[] = [
  ...STATUSES.map(status =>
    keyState({ id: status, label: `A ${status} one`, status, origin: 'https://one.example' }),
  ),
  keyState({
    ...{ id: 'rich', label: 'Rich', pinned: true, note: 'for the night shift' },
    spend: {
      today: 1.2,
      week: 8.4,
      calendarWeek: 2,
      month: 31,
      since: at(-60 * DAY),
      complete: true,
      days: [1, 2],
    },
    spendingLimits: [
      { period: 'day', limit: 5, unit: { code: 'USD' }, spent: 3.2, resetsAt: at(DAY), complete: true },
    ],
    forecast: { lastsUntil: at(5 * DAY), perDay: 3, confidence: 'good' },
    reading: reading({
      quota: quota(11, 20),
      expiresAt: at(3 * DAY),
      models: ['gpt-a', 'gpt-b'],
      windows: [{ name: '5h', unit: 'percent', used: 12, limit: 100, remaining: 88, resetsAt: at(2 * HOUR) }],
    }),
  }),
];

/** What of a text is said nowhere in what is heard, part by part; its icons and bars are pictures of what is said. */
function unsaid(text: string, heard: string): readonly string[] {
  const said = heard.toLowerCase();
  return text
    .replaceAll(/\$\([\w-]+\)|[■□]/g, '')
    .split(/ · |, |: /)
    .map(part => part.trim().toLowerCase())
    .filter(part => part !== '' && !said.includes(part));
}

function allNodes(nodes: readonly TreeNode[]): readonly TreeNode[] {
  return nodes.flatMap(node => [node, ...allNodes(node.children)]);
}

describe('what screen readers hear', () => {
  it('is all that a line of the tree shows', () => {
    const nodes = allNodes(treeNodes(KEYS, NOW));
    assert.ok(nodes.length > 80, `${nodes.length} lines`);
    assert.deepEqual(
      nodes.flatMap(({ id, label, description = '', spoken }) => {
        const missing = [...unsaid(label, spoken), ...unsaid(description, spoken)];
        return missing.length > 0 ? [{ id, spoken, missing }] : [];
      }),
      [],
    );
  });

  for (const style of STATUS_BAR_STYLES)
    it(`is all that the status bar shows in the style ${style}`, () => {
      const look = {
        ...DEFAULT_LOOK,
        style,
        maxLength: 0,
        template: '{name} · {left} · {today} · {month} · {limit} · {used} · {time} · {bar}',
      };
      const items = KEYS.map(key => statusBarText([key], NOW, look));
      assert.deepEqual(
        items.flatMap(({ text, spoken }) => {
          const missing = unsaid(text, spoken);
          return missing.length > 0 ? [{ spoken, missing }] : [];
        }),
        [],
      );
    });
});
