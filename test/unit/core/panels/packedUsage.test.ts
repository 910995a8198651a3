import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import { packMessage, unpackMessage } from '../../../../src/core/panels/packedUsage.ts';
import type { UsagePageMessage } from '../../../../src/core/panels/usageMessages.ts';
import type { UsageCell } from '../../../../src/core/usage/usage.ts';
import type { UsageReport } from '../../../../src/core/usage/usageReport.ts';
import { forAll } from '../../support/forAll.ts';

const REPORT: UsageReport = {
  scope: { account: 'Team' },
  keyId: 'team',
  from: '2026-06-01T00:00:00.000Z',
  to: '2026-06-02T23:59:59.999Z',
  unit: { code: 'USD', source: 'gateway' },
  total: { used: 1.75, requests: 5 },
  coverage: { complete: true },
  source: 'gateway',
};

const CELLS: readonly UsageCell[] = [
  { at: '2026-06-01', key: 'ci', model: 'gpt', used: 1.5, requests: 3, tokens: 70 },
  { at: '2026-06-02', key: '', used: -0.25, requests: 0 },
  { at: '2026-06-02', model: 'gpt', used: 0.5, tokens: 0 },
];

function show(reports: readonly UsageReport[], before: readonly UsageReport[]): UsagePageMessage {
  const answer = { question: { keyIds: [], from: '2026-06-01', to: '2026-06-02' }, problems: ['no answer'] };
  return {
    ...{ type: 'show', comparing: true, timeZone: 'UTC' },
    answer: { ...answer, reports },
    previous: { ...answer, reports: before },
  };
}

/** As text, which it is on its way. */
function sent(message: UsagePageMessage): UsagePageMessage {
  return unpackMessage(JSON.parse(JSON.stringify(packMessage(message))));
}

describe('a message to the usage page', () => {
  const timed = { ...REPORT, timeline: { step: 'day', cells: CELLS } } as const;

  it('arrives as it was sent, with all cells of both periods', () => {
    const message = show([timed, { ...REPORT, byDay: [{ name: '2026-06-01', used: 1.75 }] }], [timed]);
    assert.deepEqual(sent(message), message);
  });

  it('has each name once, and six numbers for each cell', () => {
    const packed = packMessage(show([timed, timed], []));
    assert.ok(packed.type === 'show');
    assert.deepEqual(packed.answer.names, ['2026-06-01', 'ci', 'gpt', '2026-06-02', '']);
    const cells = [0, 1, 2, 1.5, 3, 70, 3, 4, -1, -0.25, 0, null, 3, -1, 2, 0.5, null, 0];
    assert.deepEqual(
      packed.answer.reports.map(({ timeline }) => timeline?.cells),
      [cells, cells],
    );
  });

  it('leaves out the rows that its cells add up to', () => {
    const rows = [{ name: 'gpt', used: 1.75 }];
    const packed = packMessage(show([{ ...timed, byDay: rows, byKey: rows, byModel: rows }], []));
    assert.ok(packed.type === 'show');
    const [report] = packed.answer.reports;
    assert.deepEqual([report?.byDay, report?.byKey, report?.byModel], [undefined, undefined, undefined]);
  });

  it('of hours arrives as well, and any other as it is', () => {
    const question = { keyIds: ['team'], from: '2026-06-01', to: '2026-06-02' };
    const hours = { type: 'hours', question, reports: [timed] } as const;
    assert.deepEqual(sent(hours), hours);
    for (const other of [{ type: 'idle' }, { type: 'busy', done: 3 }] as const)
      assert.deepEqual(sent(other), other);
  });

  it('arrives whatever names and figures it has', () => {
    const figure = fc.double({ noNaN: true, noDefaultInfinity: true }).map(amount => amount + 0);
    const cell = fc.record(
      {
        at: fc.string(),
        key: fc.string(),
        model: fc.string(),
        used: figure,
        requests: figure,
        tokens: figure,
      },
      { requiredKeys: ['at', 'used'] },
    );
    forAll(fc.array(cell, { maxLength: 20 }), cells => {
      const message = show([{ ...REPORT, timeline: { step: 'hour', cells } }], []);
      assert.deepEqual(JSON.parse(JSON.stringify(sent(message))), JSON.parse(JSON.stringify(message)));
      return true;
    });
  });
});
