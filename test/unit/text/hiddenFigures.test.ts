import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { keyCard } from '../../../src/core/cards/keyCard.ts';
import { failed } from '../../../src/core/quota/failure.ts';
import type { KeyState } from '../../../src/core/quota/keyState.ts';
import { amountText, figureCountText } from '../../../src/text/amount.ts';
import { cardTexts } from '../../../src/text/cards/cardTexts.ts';
import { reportsMarkdown } from '../../../src/text/exports/reportMarkdown.ts';
import { failureText } from '../../../src/text/failure.ts';
import { areFiguresHidden, setFiguresHidden, withFigures } from '../../../src/text/hiddenFigures.ts';
import { percentText, shareLeftText, shareOfSumText } from '../../../src/text/percent.ts';
import { keyHoverMarkdown } from '../../../src/vscode/cards/keyHover.ts';
import { STATUS_BAR_STYLES } from '../../../src/vscode/host/statusBarChoices.ts';
import { DEFAULT_LOOK } from '../../../src/vscode/host/statusBarLook.ts';
import { warningSentence } from '../../../src/vscode/notifications/warningKinds.ts';
import { statusBarText } from '../../../src/vscode/statusBar/statusBarText.ts';
import type { TreeNode } from '../../../src/vscode/tree/treeNode.ts';
import { treeNodes } from '../../../src/vscode/tree/treeNodes.ts';
import { tooltipMarkdown } from '../../../src/vscode/views/tooltip.ts';
import { hoverText } from '../support/hoverText.ts';
import { at, DAY, keyState, NOW, quota, reading } from '../support/samples.ts';
import { useTimeZone } from '../support/timeZone.ts';
import { report } from '../webview/usageReports.ts';

/** A key all of whose figures are sevens, which stand in nothing else that is said of it. */
const KEY = keyState({
  status: 'low',
  reading: reading({
    quota: quota(777, 7777),
    account: { balance: 77.7, used: 7, requests: 7777 },
    windows: [
      { name: 'month', unit: 'requests', used: 7, limit: 777, remaining: 770, resetsAt: at(3 * DAY) },
    ],
    accountKeys: [
      { name: 'x', remaining: 77, used: 7, periods: [{ period: 'day', requests: 7, tokens: 77 }] },
    ],
  }),
  spend: {
    today: 7,
    week: 77,
    calendarWeek: 77,
    month: 777,
    since: at(-40 * DAY),
    complete: true,
    days: [7, 77, 7],
  },
  spendingLimits: [
    { period: 'day', limit: 77, spent: 7, unit: { code: 'USD' }, resetsAt: at(DAY), complete: true },
  ],
  forecast: { perDay: 7, confidence: 'good', lastsUntil: at(2 * DAY) },
});

const textsIn = (nodes: readonly TreeNode[]): string[] =>
  nodes.flatMap(({ label, description, spoken, tooltip, children }) => [
    ...[label, description ?? '', spoken, tooltip ?? ''],
    ...textsIn(children),
  ]);
const WINDOWED: Partial<KeyState> = { reading: reading({ quota: quota(777, 7777) }) };

describe('hidden figures', () => {
  useTimeZone('UTC');
  beforeEach(() => setFiguresHidden(true));
  afterEach(() => setFiguresHidden(false));

  it('all look the same, whatever their size', () => {
    const usd = { code: 'USD', source: 'gateway' } as const;
    assert.deepEqual(
      [
        amountText(0, usd),
        amountText(123_456, usd, 'full'),
        amountText(-1, { code: 'TOKENS', source: 'gateway' }),
      ],
      ['•••', '•••', '•••'],
    );
    assert.deepEqual(
      [percentText(0.5), shareLeftText(0.001), shareLeftText(1), shareOfSumText(0.1), figureCountText(5)],
      ['•••', '•••', '•••', '•••', '•••'],
    );
  });

  for (const [what, more] of [
    ['with a quota window', {}],
    ['with a cap of its own', WINDOWED],
  ] as const) {
    const key = { ...KEY, ...more };

    it(`of a key ${what} stand in no style of the status bar, and in no length of a bar`, () => {
      for (const style of STATUS_BAR_STYLES) {
        const look = {
          ...DEFAULT_LOOK,
          style,
          template: '{name} {left} {percent} {bar} {used} {today} {month} {limit}',
        };
        const { text, spoken } = statusBarText([key], NOW, look);
        assert.doesNotMatch(`${text} ${spoken}`, /7|■|□/, `${style}: ${text}, ${spoken}`);
        assert.match(text, /warning/);
      }
    });

    it(`of a key ${what} stand in no card, and neither do pictures of them`, () => {
      for (const markdown of [tooltipMarkdown([key], NOW), keyHoverMarkdown(key, NOW, 'dark')]) {
        const { cards, lines } = hoverText(markdown);
        const [{ colors: _, ...texts } = assert.fail()] = cards;
        assert.doesNotMatch([...Object.values(texts), ...lines].join('\n'), /7/);
        assert.doesNotMatch(markdown, /<img/);
      }
    });

    it(`of a key ${what} stand in no line of the tree`, () => {
      for (const text of textsIn(treeNodes([key], NOW)))
        assert.doesNotMatch(text.replace(/7 days/, ''), /7/, text);
    });
  }

  it('leave what is no figure: names, states and times', () => {
    assert.deepEqual(cardTexts(keyCard({ ...KEY, ...WINDOWED }, NOW), NOW), {
      name: 'Team',
      left: '••• left',
      share: undefined,
      notice: 'low',
      next: 'runs out about Wednesday',
      spent: '••• of ••• today · ••• this month',
      days: 'Spent on each of 3 days, ••• at most',
    });
  });

  it('stand in nothing that a gateway says', () => {
    const refusal = failed('exhausted', 'used-up', { words: 'quota left: $0.77, needed: $7,777.00' }).failure;
    const subject = { label: 'Team', baseUrl: 'https://gw.example' };
    assert.match(failureText(refusal, subject), /“quota left: \$•••, needed: \$•••”/);
  });

  it('stand in no warning', () => {
    const sentence = warningSentence(
      { key: { ...KEY, ...WINDOWED }, kind: 'low', threshold: 20, at: NOW } as never,
      NOW,
    );
    assert.match(sentence, /•••/);
    assert.doesNotMatch(sentence, /7/);
  });

  it('are in a file that a person asks for', () => {
    const told = report({ total: { used: 12.5 } });
    const written = reportsMarkdown('Usage', [told]);
    assert.doesNotMatch(written, /•••/);
    setFiguresHidden(false);
    assert.equal(reportsMarkdown('Usage', [told]), written);
  });

  it('are hidden again after that, also where making the file fails', () => {
    assert.equal(withFigures(areFiguresHidden), false);
    assert.throws(() => withFigures(() => assert.fail()));
    assert.equal(areFiguresHidden(), true);
  });
});
