import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { balancesSection } from '../../../../src/text/review/reviewBalances.ts';
import type { Balance, ReviewPart } from '../../../../src/text/review/reviewContent.ts';
import { blockTexts } from '../../support/blockTexts.ts';
import { useTimeZone } from '../../support/timeZone.ts';
import { report } from '../../webview/usageReports.ts';

const at = (day: number, amount: number, series = 1): Balance => ({
  amount,
  at: `2026-06-0${day}T09:00:00.000Z`,
  series,
});
const part = (more: Partial<ReviewPart>): ReviewPart => ({
  report: report({ scope: { key: 'a' }, total: { used: 2 } }),
  anomalies: [],
  judged: { days: true, hours: true },
  ...more,
});

/** The cells of the first row, and the sentences below the table. */
function told(more: Partial<ReviewPart>) {
  const [table = '', ...notes] = blockTexts(balancesSection([part(more)]));
  const row = table.split('\n')[2] ?? '';
  return { cells: row.replace(/\s/g, ' ').slice(2, -2).split(' | '), notes };
}

describe('the balances of a review', () => {
  useTimeZone('UTC');

  it('are at both ends, with when each was read and how much it fell', () => {
    const { cells, notes } = told({ opening: at(1, 10.5), closing: at(3, 8.25) });
    assert.deepEqual(cells, [
      'a',
      '$10.50',
      'Jun 1, 2026, 9:00 AM',
      '$8.25',
      'Jun 3, 2026, 9:00 AM',
      '$2.25',
      '$2.00',
    ]);
    assert.equal(notes.length, 1);
  });

  it('fell by nothing that is known where only one of them is', () => {
    assert.deepEqual(told({ opening: at(1, 10) }).cells, [
      'a',
      '$10.00',
      'Jun 1, 2026, 9:00 AM',
      'not recorded',
      '',
      '–',
      '$2.00',
    ]);
    const { cells, notes } = told({ closing: at(3, 8) });
    assert.deepEqual(cells.slice(1, 6), ['not recorded', '', '$8.00', 'Jun 3, 2026, 9:00 AM', '–']);
    assert.equal(notes.length, 1);
  });

  it('do not compare where the unit, scale or secret changed between them', () => {
    const { cells, notes } = told({ opening: at(1, 10), closing: at(3, 4, 2) });
    assert.equal(cells[5], '–');
    assert.match(notes[1] ?? '', /they cannot be compared and no decrease is given\.$/);
  });

  it('stand beside spend that is not known', () => {
    const untold = report({ scope: { key: 'a' } });
    assert.equal(told({ report: untold, opening: at(1, 10) }).cells[6], '–');
  });

  it('are none where nothing was recorded', () => {
    assert.deepEqual(blockTexts(balancesSection([part({})])), ['No balance was recorded.']);
  });
});
