import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import type { SeriesIds } from '../../../../src/core/panels/seriesSlots.ts';
import type { SavedUsagePanel, UsageAnswer } from '../../../../src/core/panels/usageMessages.ts';
import type { UsageReport } from '../../../../src/core/usage/usageReport.ts';
import { ShownUsage } from '../../../../src/vscode/panels/shownUsage.ts';
import { at, MINUTE, NOW } from '../../support/samples.ts';
import { useTimeZone } from '../../support/timeZone.ts';

const TODAY = { from: '2026-06-15', to: '2026-06-15' };

const report = (keyId: string, used: number, more: Partial<UsageReport> = {}): UsageReport => ({
  scope: { key: keyId },
  keyId,
  ...TODAY,
  unit: { code: 'USD', source: 'gateway' },
  total: { used },
  coverage: { complete: true },
  source: 'gateway',
  ...more,
});
const answer = (reports: readonly UsageReport[], more: Partial<UsageAnswer> = {}): UsageAnswer => ({
  question: { keyIds: reports.map(({ keyId }) => keyId), ...TODAY },
  reports,
  problems: [],
  ...more,
});

describe('what the usage panel shows', () => {
  useTimeZone('UTC');
  let shown: ShownUsage;
  let slotsAsked: SeriesIds[];
  const used = (of: UsageAnswer | undefined) => of?.reports.map(({ keyId, total }) => [keyId, total?.used]);

  beforeEach(() => {
    slotsAsked = [];
    shown = new ShownUsage({
      slotsOf: ids => {
        slotsAsked.push(ids);
        return { keys: ids.keys.map((id, slot) => [id, slot]), models: [] };
      },
      keysToChoose: () => [{ id: 'a', label: 'A' }],
    });
  });

  it('is nothing before the first answer', () => {
    assert.equal(shown.message(NOW, undefined), undefined);
    assert.deepEqual([shown.unknownOf(['a'], NOW), shown.held], [['a'], []]);
    shown.chooseKeys(['a'], true, undefined, NOW);
    shown.addAnswers({ reports: [report('a', 1)], missing: [], lacks: [], problems: [] });
    assert.equal(shown.answer, undefined);
  });

  it('is an answer without the comparison of the one before', () => {
    shown.setAnswer(answer([report('a', 1)]));
    shown.previous = answer([report('a', 9)]);
    shown.setAnswer(answer([report('a', 2)]));
    assert.deepEqual([used(shown.answer), shown.previous], [[['a', 2]], undefined]);
  });

  it('comes back over a reload with all that was saved, and is asked for again where figures were too many', () => {
    const saved = (reports: readonly UsageReport[] | undefined): SavedUsagePanel =>
      JSON.parse(
        JSON.stringify({
          answer: { ...answer([]), reports, missing: [], lacks: [] },
          previous: { ...answer([report('a', 4)]), missing: [], lacks: [] },
          comparing: true,
          preset: 'today',
        }),
      );
    shown.restore(saved([report('a', 1)]));
    assert.deepEqual(
      [used(shown.answer), used(shown.previous), shown.comparing, shown.preset, shown.mustAskAgain],
      [[['a', 1]], [['a', 4]], true, 'today', false],
    );
    shown.restore({ ...saved(undefined), previous: { ...saved(undefined).answer } });
    assert.deepEqual([used(shown.answer), shown.previous, shown.mustAskAgain], [[], undefined, true]);
    shown.setAnswer(answer([report('a', 2)]));
    assert.equal(shown.mustAskAgain, false);
  });

  it('shows fewer keys, and the others again as long as their figures are fresh', () => {
    const missing = [report('c', 0, { note: 'why' })];
    const whole = answer([report('a', 1), report('b', 2)], {
      missing,
      lacks: [{ keyId: 'c', reason: 'no answer' }],
      problems: ['why'],
    });
    shown.setAnswer({ ...whole, question: { ...whole.question, keyIds: [] } });
    shown.previous = answer([report('a', 5), report('b', 6)]);
    shown.chooseKeys(['a'], false, undefined, NOW);
    assert.deepEqual([used(shown.answer), shown.answer?.question.keyIds], [[['a', 1]], ['a']]);
    assert.deepEqual([shown.answer?.missing, shown.answer?.lacks, shown.answer?.problems], [[], [], []]);
    assert.deepEqual([used(shown.previous), shown.previous?.question.keyIds], [[['a', 5]], ['a']]);
    assert.deepEqual(shown.unknownOf(['a', 'b', 'c', 'd'], NOW), ['d']);
    assert.deepEqual(shown.unknownOf(['a', 'b'], NOW + 5 * MINUTE), ['b']);
    const added = { reports: [report('d', 7)], missing: [], lacks: [], problems: [] };
    shown.chooseKeys(['a', 'b', 'c', 'd'], true, added, NOW);
    assert.deepEqual(used(shown.answer), [
      ['a', 1],
      ['b', 2],
      ['d', 7],
    ]);
    assert.deepEqual(
      [shown.answer?.question.keyIds, shown.answer?.lacks, shown.answer?.problems],
      [[], [{ keyId: 'c', reason: 'no answer' }], ['why']],
    );
  });

  it('puts nothing aside where no key is hidden, so that newer figures are not replaced by older ones', () => {
    shown.setAnswer(answer([report('a', 1), report('b', 2)]));
    shown.chooseKeys(['a'], false, undefined, NOW);
    shown.addAnswers({ reports: [report('a', 3)], missing: [], lacks: [], problems: [] });
    shown.chooseKeys(['a', 'b'], true, undefined, NOW);
    assert.deepEqual(used(shown.answer), [
      ['a', 3],
      ['b', 2],
    ]);
  });

  it('tells which keys are held, of the range and of the period before', () => {
    const held = { retryAt: at(MINUTE) };
    shown.setAnswer(answer([report('a', 1), report('b', 2, held)], { missing: [report('c', 0, held)] }));
    assert.deepEqual(shown.heldQuestion, { keyIds: ['b', 'c'], ...TODAY });
    assert.equal(shown.heldPreviousQuestion, undefined);
    shown.addPreviousAnswers({ reports: [report('a', 6)], missing: [], lacks: [], problems: [] });
    assert.equal(shown.previous, undefined, 'what is not compared with is not shown');
    shown.previous = answer([report('a', 5, held)]);
    assert.deepEqual(shown.heldPreviousQuestion, { keyIds: ['a'], ...TODAY });
    assert.deepEqual(
      shown.held.map(({ keyId }) => keyId),
      ['b', 'c', 'a'],
    );
    shown.addAnswers({ reports: [report('b', 3), report('c', 4)], missing: [], lacks: [], problems: [] });
    shown.addPreviousAnswers({ reports: [report('a', 6)], missing: [], lacks: [], problems: [] });
    assert.deepEqual([shown.held, shown.heldQuestion], [[], undefined]);
    assert.deepEqual(used(shown.previous), [['a', 6]]);
  });

  it('is told to the page with the preset that its range still is, and until when it waits', () => {
    shown.setAnswer(answer([report('a', 1)]));
    shown.preset = 'today';
    const told = shown.message(NOW, NOW + MINUTE);
    assert.ok(told?.type === 'show');
    assert.deepEqual(
      [told.preset, told.waitsUntil, told.timeZone, told.keys, told.slots],
      ['today', at(MINUTE), 'UTC', [{ id: 'a', label: 'A' }], { keys: [['a', 0]], models: [] }],
    );
    const later = shown.message(NOW + 12 * 60 * MINUTE, undefined);
    assert.ok(later?.type === 'show');
    assert.deepEqual([later.preset, later.waitsUntil], [undefined, undefined], 'it is tomorrow');
    assert.equal(slotsAsked.length, 1, 'the colors of the same answer are found once');
    shown.setAnswer(answer([report('b', 1)]));
    shown.message(NOW, undefined);
    assert.deepEqual(slotsAsked.at(-1)?.keys, ['b']);
  });
});
