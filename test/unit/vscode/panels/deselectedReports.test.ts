import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { UsageAnswer } from '../../../../src/core/panels/usageMessages.ts';
import type { UsageReport } from '../../../../src/core/usage/usageReport.ts';
import { DeselectedReports } from '../../../../src/vscode/panels/deselectedReports.ts';
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

describe('reports of deselected keys', () => {
  /** What is kept of some keys: each with what was used, and what is missing of others. */
  const keptOf = (kept: DeselectedReports, now: number, ...keyIds: string[]) => {
    const found = kept.reportsFor(asked(...keyIds), now);
    return found?.reports.map(({ keyId, total }) => [keyId, total?.used]);
  };

  it('are kept for the keys that are asked about, in the same range alone', () => {
    const kept = new DeselectedReports();
    kept.keepReports(answer([report('a', 1), report('b', 2)]), NOW);
    assert.deepEqual(keptOf(kept, NOW, 'b', 'c'), [['b', 2]]);
    assert.deepEqual(keptOf(kept, NOW), []);
    for (const range of [{ to: '2026-06-02' }, { from: '2026-05-31' }])
      assert.equal(kept.reportsFor({ ...asked('a'), ...range }, NOW), undefined);
  });

  it('are as good as new ones for less than five minutes, counted from the oldest', () => {
    const kept = new DeselectedReports();
    kept.keepReports(answer([report('a', 1)]), NOW);
    kept.keepReports(answer([report('b', 2)]), NOW + 4 * MINUTE);
    assert.deepEqual(keptOf(kept, NOW + 5 * MINUTE - 1, 'a', 'b'), [
      ['b', 2],
      ['a', 1],
    ]);
    assert.equal(keptOf(kept, NOW + 5 * MINUTE, 'a', 'b'), undefined);
    kept.keepReports(answer([report('b', 3)]), NOW + 5 * MINUTE);
    assert.deepEqual(keptOf(kept, NOW + 9 * MINUTE, 'a', 'b'), [['b', 3]], 'the others are forgotten');
  });

  it('are replaced by newer ones of the same key, with or without figures', () => {
    const kept = new DeselectedReports();
    const lacking = (keyId: string) => ({
      missing: [report(keyId, 0, `why ${keyId}`)],
      lacks: [{ keyId, reason: `because of ${keyId}` }],
    });
    kept.keepReports(answer([report('a', 1), report('b', 2)], lacking('c')), NOW);
    kept.keepReports(answer([report('c', 3)], lacking('b')), NOW);
    assert.deepEqual(keptOf(kept, NOW, 'a', 'b', 'c'), [
      ['c', 3],
      ['a', 1],
    ]);
    const found = kept.reportsFor(asked('a', 'b', 'c'), NOW);
    assert.deepEqual(
      [found?.missing.map(({ keyId }) => keyId), found?.lacks, found?.problems],
      [['b'], [{ keyId: 'b', reason: 'because of b' }], ['why b']],
    );
    kept.keepReports(answer([report('d', 4)], lacking('e')), NOW);
    const both = kept.reportsFor(asked('b', 'e'), NOW);
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
