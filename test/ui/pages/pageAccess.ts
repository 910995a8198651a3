import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { EMPTY_LOG_FORM } from '../../../src/core/panels/logsForm.ts';
import type { LogsPageMessage } from '../../../src/core/panels/logsMessages.ts';
import { FIRST_LOOK, type OverviewMessage } from '../../../src/core/panels/overviewMessages.ts';
import { type PackedMessage, packMessage } from '../../../src/core/panels/packedUsage.ts';
import { overviewParts, overviewSpend } from '../../../src/vscode/panels/overviewParts.ts';
import type { PanelSite } from '../../host/panelSite.ts';
import { at, DAY, keyState, NOW, quota, reading } from '../../unit/support/samples.ts';
import { findingsIn } from '../support/axe.ts';
import { notReadAloud } from '../support/notReadAloud.ts';
import { PanelPage } from '../support/panelPage.ts';
import { usableThings } from '../support/stops.ts';
import { accountReport, answerOf, DAYS, show } from './pageSamples.ts';

const CNY = { code: 'CNY', source: 'gateway' } as const;
const USD = { code: 'USD', source: 'gateway' } as const;
/** What VS Code's themes of high contrast say of these. */
const CONTRAST = {
  'vscode-high-contrast':
    '--vscode-foreground:#fff;--vscode-editor-background:#000;--vscode-focusBorder:#f38518;--vscode-contrastBorder:#6fc3df;--vscode-textLink-foreground:#21a6ff;--vscode-descriptionForeground:#ffffffb3',
  'vscode-high-contrast-light':
    '--vscode-foreground:#292929;--vscode-editor-background:#fff;--vscode-focusBorder:#006bbd;--vscode-contrastBorder:#0f4a85;--vscode-textLink-foreground:#0f4a85;--vscode-descriptionForeground:#292929',
} as const;

/** Two units, another source, hours, a missing key: all that a page has more than once. */
function usage(): readonly PackedMessage[] {
  const spenders = [
    { name: 'alice', used: [1, 0, 3] },
    { name: 'bob', used: [5, 0, 0] },
  ];
  const dollars = accountReport(spenders);
  const others = [{ source: 'recorded', total: { used: 3 } }] as never;
  const reports = [
    { ...dollars, others },
    accountReport(spenders, DAYS, { keyId: 'yuan', unit: CNY, others }),
  ];
  const answer = { ...answerOf(reports), missing: [], problems: [] };
  const keys = [
    { id: 'team', label: 'Team' },
    { id: 'yuan', label: 'Yuan' },
  ];
  const hours = reports.map(report => ({
    ...report,
    timeline: { step: 'hour' as const, cells: [{ at: `${DAYS[0]}T09:00`, used: 4 }] },
  }));
  return [
    show(answer, { keys }),
    packMessage({ type: 'hours', question: answer.question, reports: hours }),
    { type: 'busy', done: 3, total: 5 },
  ];
}

function logs(): readonly LogsPageMessage[] {
  const row = (requestId: string) => ({
    ...{ at: '2025-06-02T09:00:00.000Z', type: 'consume', keyName: 'alice', model: 'gpt', amount: 0.5 },
    requestId,
  });
  const keys = [
    { id: 'team', label: 'Team' },
    { id: 'other', label: 'Other' },
  ];
  return [
    {
      ...{ type: 'show', keyId: 'team', label: 'Team', form: EMPTY_LOG_FORM, rows: [], keys },
      ...{ keyNames: ['alice'], isKeyListWhole: true },
    },
    { type: 'rows', rows: ['a', 'b'].map(row) as never, unit: USD, total: 200 },
    { type: 'busy' },
  ];
}

function overview(): readonly OverviewMessage[] {
  const spend = {
    today: 1,
    week: 3,
    calendarWeek: 1,
    month: 7.5,
    since: at(-60 * DAY),
    complete: true,
    days: [0, 4, 1],
  };
  const keys = Array.from({ length: 14 }, (_, index) =>
    keyState({
      ...{ id: `k${index}`, label: `Key ${index}`, spend, pinned: index === 0 },
      reading: reading({ quota: quota(15, 20), expiresAt: at((index + 1) * DAY), unit: index ? USD : CNY }),
    }),
  );
  const limit = { scope: { of: 'currency' }, period: 'day', amount: 20, unit: { code: 'USD' } } as const;
  const spendOf = (unit: typeof USD | typeof CNY) =>
    overviewSpend(
      {
        ...{
          scope: 'key',
          unit,
          isUndated: false,
          days: ['2026-06-14', '2026-06-15'],
          isWhole: [true, true],
        },
        headline: { isComplete: true, keysWithTotal: 1, keyCount: 1, coveredShare: 1 },
        models: [{ name: 'gpt', used: [2, 1] }],
        week: { used: [[1, undefined]], most: 1, withoutHour: 0, silent: 0 },
      },
      () => 0,
    );
  const parts = overviewParts(keys, FIRST_LOOK, NOW, { ofCurrencies: [limit], monthBegins: 1 });
  return [{ type: 'show', ...parts, spend: [spendOf(USD), spendOf(CNY)] }];
}

/** What screen readers and keyboards make of the pages, each with all of its parts. */
export function testPageAccess(site: () => PanelSite, browser: () => Browser): void {
  const PAGES = { usage, logs, overview };
  for (const [name, messages] of Object.entries(PAGES))
    describe(`all parts of the ${name} page`, () => {
      let panel: PanelPage<{ readonly type: string }>;
      before(async () => {
        panel = await PanelPage.open(browser(), `${site().origin}/${name}`);
        for (const message of messages()) await panel.post(message);
        await panel.page.evaluate(() => {
          for (const each of document.querySelectorAll<HTMLElement>('details:not([open]) > summary'))
            each.click();
        });
        await panel.painted();
      });
      after(() => panel.close());

      it('are told apart by screen readers: axe finds nothing', async () => {
        // Colors are those of VS Code’s themes, where the panels are looked at in VS Code.
        const found = await findingsIn(panel.page.locator('body'));
        assert.deepEqual(
          found.filter(({ rule }) => rule !== 'color-contrast'),
          [],
        );
      });

      it('are heard as they are seen: no figure is hidden, and no picture is without words', async () => {
        assert.deepEqual(await notReadAloud(panel.page.locator('main')), []);
      });

      for (const [theme, colors] of Object.entries(CONTRAST))
        it(`are reached by keyboard, and seen to be, in ${theme}`, async () => {
          await panel.page.evaluate(
            ([kind, variables]) => {
              // As VS Code does: its policy lets in no attribute.
              document.documentElement.style.cssText = variables ?? '';
              document.body.className = kind ?? '';
            },
            [theme, colors],
          );
          const things = await usableThings(panel.page);
          assert.ok(things.length > 15, `${things.length} things`);
          assert.deepEqual(
            things.filter(({ isReached, isSeen }) => !isReached || !isSeen),
            [],
          );
        });
    });
}
