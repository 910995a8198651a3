import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { before, describe, it } from 'mocha';
import { withNextChange } from '../../../../src/core/nextChange.ts';
import type { Settings } from '../../../../src/core/ports/settings.ts';
import { needsNoAttention, sortedByAttention } from '../../../../src/core/quota/attention.ts';
import { type KeyStateParts, keyStateOf } from '../../../../src/services/polling/keyStateOf.ts';
import { STATUS_BAR_STYLES } from '../../../../src/vscode/host/statusBarChoices.ts';
import { DEFAULT_LOOK } from '../../../../src/vscode/host/statusBarLook.ts';
import type * as StatusBarText from '../../../../src/vscode/statusBar/statusBarText.ts';
import type { TreeNode } from '../../../../src/vscode/tree/treeNode.ts';
import type * as TreeNodes from '../../../../src/vscode/tree/treeNodes.ts';
import { tooltipMarkdown } from '../../../../src/vscode/views/tooltip.ts';
import { forAll } from '../../support/forAll.ts';
import { DAY, HOUR, keyState, MINUTE, NOW, quota, reading } from '../../support/samples.ts';
import { useTimeZone } from '../../support/timeZone.ts';
import { importWithStub } from '../../support/vscodeStub.ts';

const SETTINGS = { low: { percent: 20, amounts: {} } } as unknown as Settings;

const iso = (ms: number) => new Date(NOW + ms).toISOString();
/** Moments before and after now, near and far, many of them at a whole unit. */
const offset = (least: number, most: number) =>
  fc
    .tuple(
      fc.constantFrom(1000, MINUTE, HOUR, DAY),
      fc.integer({ min: -70, max: 70 }),
      fc.constantFrom(-1, 0, 1),
    )
    .map(([unit, count, more]) => Math.max(least, Math.min(most, unit * count + more)));
const past = offset(-70 * DAY, 0);
const any = offset(-70 * DAY, 70 * DAY);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const known: fc.Arbitrary<Omit<KeyStateParts, 'key'>> = fc
  .record({
    taken: past,
    checked: past,
    due: maybe(any),
    ends: maybe(any),
    planEnds: maybe(any),
    resets: maybe(any),
    lasts: maybe(any),
    perDay: fc.constantFrom(undefined, 0, 3),
    left: fc.constantFrom(0, 1, 15),
    isFailed: fc.boolean(),
  })
  .map(({ taken, checked, due, ends, planEnds, resets, lasts, perDay, left, isFailed }) => ({
    intervalMs: HOUR,
    state: {
      keyId: 'id',
      failures: 0,
      checkedAt: NOW + Math.max(taken, checked),
      dueAt: due === undefined ? undefined : NOW + due,
      failure: isFailed ? ({ class: 'transient', reason: 'timeout' } as const) : undefined,
      forecast: {
        perDay,
        lastsUntil: lasts === undefined ? undefined : iso(lasts),
        confidence: 'good',
      } as const,
      reading: reading({
        takenAt: iso(taken),
        ...(resets === undefined
          ? { quota: quota(left, 20) }
          : { budget: { spent: 20 - left, limit: 20, resetsAt: iso(resets) } }),
        expiresAt: ends === undefined ? null : iso(ends),
        ...(planEnds !== undefined && { plan: { expiresAt: iso(planEnds) } }),
      }),
    },
  }));

describe('what is on the screen', () => {
  useTimeZone('UTC');
  let treeNodes: typeof TreeNodes.treeNodes;
  let statusBarText: typeof StatusBarText.statusBarText;

  before(async () => {
    ({ treeNodes } = await importWithStub<typeof TreeNodes>('vscode/tree/treeNodes.ts'));
    ({ statusBarText } = await importWithStub<typeof StatusBarText>('vscode/statusBar/statusBarText.ts'));
  });

  /** Everything that is seen and heard of a line and of those below it. */
  const seen = ({ label, description, tooltip, icon, color, spoken, children }: TreeNode): unknown => [
    ...[label, description, tooltip, icon, color, spoken],
    children.map(seen),
  ];

  it('is the same until the moment that it says', () => {
    forAll(
      fc.array(known, { minLength: 1, maxLength: 3 }),
      many => {
        const keysAt = (now: number) =>
          many.map((each, index) => {
            const id = `id-${index}`;
            const key = {
              id,
              label: id,
              kind: 'newApi',
              baseUrl: 'https://gw.example',
              credential: 'apiKey',
            };
            return keyStateOf({ ...each, key: { ...key, pinned: false } as never }, SETTINGS, now);
          });
        const views: Record<string, (now: number) => unknown> = {
          tree: now => treeNodes(keysAt(now), now).map(seen),
          badge: now => keysAt(now).filter(key => !needsNoAttention(key, now)).length,
          ...Object.fromEntries(
            STATUS_BAR_STYLES.map(style => [
              `bar, ${style}`,
              (now: number) =>
                statusBarText(keysAt(now), now, { ...DEFAULT_LOOK, style, maxLength: 0 }, tooltipMarkdown),
            ]),
          ),
        };
        for (const [view, show] of Object.entries(views)) {
          const { value, until } = withNextChange(() => show(NOW));
          assert.ok(until > NOW, `${view} ends before it is shown`);
          const end = Number.isFinite(until) ? until : NOW + 400 * DAY;
          for (const part of [0.01, 0.5, 0.9, 1]) {
            const later = Math.max(NOW, Math.floor(NOW + (end - NOW) * part) - 1);
            assert.deepEqual(show(later), value, `${view}, ${(later - NOW) / HOUR} h later`);
          }
        }
        return true;
      },
      300,
    );
  });

  it('is, for an order that is looked at again, the same moment', () => {
    const keys = [keyState({ reading: reading({ quota: quota(15, 20), expiresAt: iso(10 * DAY) }) })];
    const untilAt = (now: number) => withNextChange(() => sortedByAttention(keys, now)).until;
    assert.deepEqual([untilAt(NOW), untilAt(NOW + HOUR)], [NOW + 3 * DAY, NOW + 3 * DAY]);
  });
});
