import * as fc from 'fast-check';
import * as v from 'valibot';
import { lookedAt } from '../../src/core/panels/lookInto.ts';
import { FIRST_LOOK, overviewMessage } from '../../src/core/panels/overviewMessages.ts';
import type { ShownUsage } from '../../src/core/panels/usageMessages.ts';
import { LOG_TYPES, type LogRow } from '../../src/core/usage/logRow.ts';
import type { UsageReport } from '../../src/core/usage/usageReport.ts';
import { weekHours } from '../../src/core/usage/weekHours.ts';
import { logCsv } from '../../src/text/exports/logCsv.ts';
import { logTimeText } from '../../src/text/logTime.ts';
import { logTypeText } from '../../src/text/logType.ts';
import { overviewParts } from '../../src/vscode/panels/overviewParts.ts';
import { stackOf } from '../../src/webview/chart/stack.ts';
import { OverviewState } from '../../src/webview/overview/overviewState.ts';
import { detailColumns, partColumns } from '../../src/webview/usage/columns.ts';
import { coverageNotes, namesText } from '../../src/webview/usage/coverageNotes.ts';
import { detailRows, partRows, withPrevious } from '../../src/webview/usage/parts.ts';
import { sectionsOf } from '../../src/webview/usage/sections.ts';
import { shownSections, usageTitle } from '../../src/webview/usage/shownFigures.ts';
import { totalText } from '../../src/webview/usage/totals.ts';
import { waitingText } from '../../src/webview/usage/waitingText.ts';
import type { Column } from '../../src/webview/widgets/sortableTable.ts';
import { sorted } from '../../src/webview/widgets/sorting.ts';
import { strangeCell } from './csvCells.ts';
import { numbersIn, unexplained } from './numbers.ts';
import { timeNumbers } from './renderedTimes.ts';
import { sharesOf } from './shares.ts';
import { amounts, keyStates, NOW, reports, units } from './states.ts';
import { type Target, target } from './target.ts';
import { names } from './texts.ts';

/** A limit of each period, of a unit that keys have and of one that they lack. */
const LIMITS = {
  ofCurrencies: (['day', 'week', 'month'] as const).flatMap(period =>
    (['USD', 'CNY'] as const).map(code => ({
      ...({ scope: { of: 'currency' }, period, amount: 5, unit: { code } } as const),
    })),
  ),
  monthBegins: 15,
};

const lists = fc.array(reports, { minLength: 1, maxLength: 2 });
/** Charts have a bar for each day of the range, and no range is longer than a year. */
const inJune = fc.array(
  reports.map(report => ({ ...report, from: '2026-06-01T00:00:00.000Z', to: '2026-06-15T23:59:59.999Z' })),
  { minLength: 1, maxLength: 2 },
);
const TIME_ZONE = 'UTC';

const logRows: fc.Arbitrary<LogRow> = fc.record({
  at: fc.date({ noInvalidDate: true }).map(date => date.toISOString()),
  type: fc.constantFrom(...LOG_TYPES, 'other'),
  keyName: names,
  model: names,
  amount: amounts,
  promptTokens: fc.option(fc.nat(), { nil: undefined }),
  seconds: fc.option(fc.nat(), { nil: undefined }),
  text: fc.option(names, { nil: undefined }),
});

/** All texts of a table. */
function textsOf<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
  return columns.flatMap(({ head, text, sortValue: worth }) => [
    head,
    ...sorted(rows, worth, true).map(text),
  ]);
}

/** Everything the usage panel writes about some reports. */
function panelTexts(list: readonly UsageReport[]): string[] {
  return sectionsOf(list).flatMap(section => {
    const { unit } = section;
    const details = detailRows(section, 'day');
    const tables = (['time', 'key', 'model'] as const).flatMap(part => {
      const rows = partRows(section, part, 'day');
      const before = new Map(rows.map(({ id, used }) => [id, used]));
      return textsOf(partColumns(part, unit, rows, true, 'Total'), withPrevious(rows, before));
    });
    return [
      ...tables,
      ...textsOf(detailColumns(unit, details, 'Total'), details),
      totalText(section, 0),
      ...coverageNotes(section.reports).flatMap(({ names: whose, text }) => [namesText(whose), text]),
    ];
  });
}

/** What rows may add up to: any of them, with those of the same part. Counts of theirs as well. */
function sums(list: readonly UsageReport[]): number[] {
  const members = (name: 'used' | 'requests' | 'tokens') =>
    (['byDay', 'byKey', 'byModel', 'total'] as const).flatMap(part => {
      const rows = list.flatMap(report => report[part] ?? []);
      const totals = list.flatMap(({ total }) => (total ? [total] : []));
      return subsetSums([...new Set([...rows, ...totals])].flatMap(row => row[name] ?? []));
    });
  const all = [...members('used'), ...members('requests'), ...members('tokens')];
  // Reckoned amounts keep fifteen digits.
  return [0, ...all, ...all.map(sum => Number(sum.toPrecision(15)))];
}

function subsetSums(values: readonly number[]): number[] {
  const found = [0];
  for (const value of values) found.push(...found.map(sum => sum + value));
  return found;
}

/** What the panels show. Their elements are drawn in a browser: the tests of the workbench look at those. */
export const panelRenderers: readonly Target[] = [
  target('the usage panel', 'renderer', lists, panelTexts, (texts, list) =>
    unexplained(texts.join('\n'), [
      ...numbersIn(list),
      ...timeNumbers(list),
      ...sums(list),
      ...sharesOf(list, Date.now()),
    ]),
  ),
  target(
    'one key of the usage panel',
    'renderer',
    lists,
    list => {
      const key = { id: list[0]?.keyId ?? '', name: '' };
      const question = { from: '2026-06-01', to: '2026-06-15' };
      const shownUsage = {
        answer: { question, reports: list },
        timeZone: TIME_ZONE,
      } as unknown as ShownUsage;
      return {
        used: shownSections(shownUsage, { key }).flatMap(({ section }) =>
          section.reports.map(({ total }) => total?.used),
        ),
        own: lookedAt(list, { key }).map(({ keyId }) => keyId),
        texts: [usageTitle(shownUsage), waitingText(shownUsage) ?? ''],
      };
    },
    ({ used, own, texts }, list) =>
      own.some(id => id !== list[0]?.keyId)
        ? 'another key'
        : used.some(Number.isNaN)
          ? 'no number'
          : texts.find(text => /NaN|Invalid|undefined/.test(text)),
  ),
  target(
    'spend by weekday and hour',
    'renderer',
    inJune,
    list => weekHours(list, [], TIME_ZONE),
    ({ used, most, withoutHour }) =>
      [...used.flat(), most, withoutHour].some(amount => Number.isNaN(amount)) ? 'no number' : undefined,
  ),
  target(
    'the overview',
    'renderer',
    fc.array(keyStates, { maxLength: 3 }),
    keys => ({ type: 'show', ...overviewParts(keys, FIRST_LOOK, NOW, LIMITS) }),
    message => {
      const sent = JSON.stringify(message);
      const parsed = v.safeParse(overviewMessage, JSON.parse(sent));
      if (!parsed.success) return 'a message that the page refuses';
      const state = new OverviewState();
      state.receive(parsed.output);
      const { sums, coming } = message;
      const { cards } = state;
      const texts = [
        // Names from outside may be such words.
        ...cards.flatMap(({ share, next, spent, days }) => [share, next, spent, days?.text]),
        ...sums.flatMap(({ today, week, month, limits }) => [
          today,
          week,
          month,
          ...limits.map(each => each.text),
        ]),
        ...coming.events.flatMap(({ text, when }) => [text, when]),
      ];
      return texts.find(text => text !== undefined && /NaN|Invalid|undefined/.test(text));
    },
  ),
  target(
    'charts',
    'renderer',
    inJune,
    list =>
      sectionsOf(list).flatMap(section =>
        (['key', 'model'] as const).map(by =>
          stackOf(section, { by, step: 'day', timeZone: TIME_ZONE, now: Date.now() }),
        ),
      ),
    stacks =>
      stacks
        .flatMap(({ series, sums: heights }) => [...series.flatMap(({ values }) => values), ...heights])
        .some(value => Number.isNaN(value))
        ? 'a bar without height'
        : undefined,
  ),
  target(
    'logs',
    'renderer',
    fc.tuple(fc.array(logRows, { maxLength: 3 }), units),
    ([rows, unit]) => ({
      csv: logCsv(rows, unit),
      words: rows.map(({ at, type }) => `${logTimeText(at)} ${logTypeText(type)}`),
    }),
    ({ csv, words }, [rows]) =>
      strangeCell(csv, rows) ?? words.find(text => /NaN|Invalid|undefined/.test(text)),
  ),
];
