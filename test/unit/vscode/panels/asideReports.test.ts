import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { UsageAnswer } from '../../../../src/core/panels/usageMessages.ts';
import type { UsageReport } from '../../../../src/core/usage/usageReport.ts';
import { AsideReports } from '../../../../src/vscode/panels/asideReports.ts';
import { MINUTE, NOW } from '../../support/samples.ts';

const DAY = { from: '2026-06-01', to: '2026-06-01' };

/** A report that can be told from others of the same key by what was used. */
const report = (keyId: string, used: number, note?: string): UsageReport => ({
  scope: { key: keyId },
  keyId,
  ...DAY,
  unit: { code: 'USD', source: 'gateway' },
  total: { used },
  coverage: { complete: true },
  source: 'gateway',
  ...(note !== undefined && { note }),
});
const answer = (reports: readonly UsageReport[], more: Partial<UsageAnswer> = {}): UsageAnswer => ({
  question: { keyIds: reports.map(({ keyId }) => keyId), ...DAY },
  reports,
  problems: [],
  ...more,
});
const asked = (...keyIds: string[]) => ({ keyIds, ...DAY });

describe('reports that are put aside', () => {
  /** What is put aside of some keys: each with what was used, and what is missing of others. */
  const taken = (aside: AsideReports, now: number, ...keyIds: string[]) => {
    const found = aside.take(asked(...keyIds), now);
    return found?.reports.map(({ keyId, total }) => [keyId, total?.used]);
  };

  it('are taken back for the keys that are asked about, in the same range alone', () => {
    const aside = new AsideReports();
    aside.put(answer([report('a', 1), report('b', 2)]), NOW);
    assert.deepEqual(taken(aside, NOW, 'b', 'c'), [['b', 2]]);
    assert.deepEqual(taken(aside, NOW), []);
    for (const range of [{ to: '2026-06-02' }, { from: '2026-05-31' }])
      assert.equal(aside.take({ ...asked('a'), ...range }, NOW), undefined);
  });

  it('are as good as new ones for less than five minutes, counted from the oldest', () => {
    const aside = new AsideReports();
    aside.put(answer([report('a', 1)]), NOW);
    aside.put(answer([report('b', 2)]), NOW + 4 * MINUTE);
    assert.deepEqual(taken(aside, NOW + 5 * MINUTE - 1, 'a', 'b'), [
      ['b', 2],
      ['a', 1],
    ]);
    assert.equal(taken(aside, NOW + 5 * MINUTE, 'a', 'b'), undefined);
    aside.put(answer([report('b', 3)]), NOW + 5 * MINUTE);
    assert.deepEqual(taken(aside, NOW + 9 * MINUTE, 'a', 'b'), [['b', 3]], 'the others are forgotten');
  });

  it('are replaced by newer ones of the same key, with or without figures', () => {
    const aside = new AsideReports();
    const lacking = (keyId: string) => ({
      missing: [report(keyId, 0, `why ${keyId}`)],
      lacks: [{ keyId, reason: `because of ${keyId}` }],
    });
    aside.put(answer([report('a', 1), report('b', 2)], lacking('c')), NOW);
    aside.put(answer([report('c', 3)], lacking('b')), NOW);
    assert.deepEqual(taken(aside, NOW, 'a', 'b', 'c'), [
      ['c', 3],
      ['a', 1],
    ]);
    const found = aside.take(asked('a', 'b', 'c'), NOW);
    assert.deepEqual(
      [found?.missing.map(({ keyId }) => keyId), found?.lacks, found?.problems],
      [['b'], [{ keyId: 'b', reason: 'because of b' }], ['why b']],
    );
    aside.put(answer([report('d', 4)], lacking('e')), NOW);
    const both = aside.take(asked('b', 'e'), NOW);
    assert.deepEqual(
      [both?.problems, both?.lacks?.map(({ keyId }) => keyId)],
      [
        ['why e', 'why b'],
        ['e', 'b'],
      ],
      'what is missing of both is kept',
    );
  });
});
