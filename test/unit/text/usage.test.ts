import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { COVERAGE_REASONS, type CoverageReason } from '../../../src/core/usage/coverage.ts';
import type { Usage } from '../../../src/core/usage/usage.ts';
import {
  coverageOrLackText,
  coverageReasonText,
  coverageText,
  coversWholeTime,
  lackReasonText,
} from '../../../src/text/coverage.ts';
import { setDisplayLanguage } from '../../../src/text/displayLanguage.ts';
import { rangeText } from '../../../src/text/range.ts';
import { differenceText, scopeName, sourceName, sourceText } from '../../../src/text/usage.ts';

const FROM = '2026-06-01T00:00:00.000Z';
const TO = '2026-06-30T23:59:59.999Z';

describe('texts about usage', () => {
  const SOURCES: readonly Usage['source'][] = ['gateway', 'logs', 'recorded'];
  const REASONS = COVERAGE_REASONS.filter(reason => reason !== 'not-told');

  it('have a name and a sentence for every source', () => {
    assert.equal(new Set(SOURCES.map(sourceName)).size, SOURCES.length);
    for (const source of SOURCES) assert.match(sourceText(source), /^[A-Z].*\.$/);
    assert.equal(new Set(SOURCES.map(sourceText)).size, SOURCES.length);
  });

  it('have a sentence for every reason', () => {
    const texts = REASONS.map(reason =>
      coverageText({ coverage: { complete: false, from: FROM, to: TO, reason }, to: TO }),
    );
    assert.equal(new Set(texts).size, REASONS.length);
    const covered = /^They cover (only .+ to .+|only a part of the range|the whole range)\. [A-Z].+\.$/;
    for (const text of texts) assert.match(text, covered);
  });

  it('say that only a part is covered where the unit changed within the range', () => {
    const coverage = { complete: false, from: FROM, to: TO, reason: 'scale-changed' } as const;
    assert.equal(coversWholeTime(coverage), false);
    assert.match(
      coverageText({ coverage, to: TO }),
      /^They cover only .+ to .+\. The unit, scale or rate changed during it\. Spend in another unit, or at a time when either scale may have applied, is missing; the rest is counted as it was then\.$/,
    );
  });

  it('say that all is covered where each part is counted by the scale of its time', () => {
    const rescaled = { complete: true, from: FROM, to: TO, reason: 'scale-changed' } as const;
    assert.match(
      coverageText({ coverage: rescaled, to: TO }),
      /^They cover the whole range\. The scale or rate changed during it, and each part is counted as it was then\.$/,
    );
    const ongoing = { ...rescaled, to: '2026-06-15T12:00:00.000Z' };
    assert.match(
      coverageText({ coverage: ongoing, to: TO }),
      /^They cover the range up to .+, when it was not over yet\. The scale or rate/,
    );
  });

  it('say that the whole range is covered', () => {
    const coverage = { complete: true, from: FROM, to: TO };
    assert.equal(coverageText({ coverage, to: TO }), 'They cover the whole range.');
  });

  it('say that a range with a later end is not over', () => {
    const coverage = { complete: true, from: FROM, to: '2026-06-15T12:00:00.000Z' };
    assert.match(
      coverageText({ coverage, to: TO }),
      /^They cover the range up to Jun 1[456], 2026.*, when it was not over yet\.$/,
    );
  });

  it('name no times where one of the two is not known', () => {
    for (const ends of [{}, { from: FROM }, { to: TO }]) {
      const coverage = { complete: false, reason: 'changed', ...ends } as const;
      assert.equal(
        coverageText({ coverage, to: TO }),
        'They cover only a part of the range. The request log changed while it was read; rows may be missing.',
      );
    }
    assert.equal(
      coverageText({ coverage: { complete: false }, to: TO }),
      'They cover only a part of the range.',
    );
  });

  it('say that nothing is covered where a log is empty or contradicted', () => {
    for (const reason of ['empty-log', 'contradicted'] as const) {
      assert.match(
        coverageText({ coverage: { complete: false, reason }, to: TO }),
        /^They cover none of the range\. The gateway /,
      );
    }
    assert.equal(coversWholeTime({ complete: false, reason: 'unreadable-rows' }), false);
    // What is told all the same does not say that nothing was spent.
    assert.match(
      coverageText({ coverage: { complete: false, from: FROM, to: TO, reason: 'contradicted' }, to: TO }),
      /^They cover the whole range\. The gateway’s figures contradict each other\.$/,
    );
  });

  it('say of rows out of reach whether some of them are within it', () => {
    assert.equal(
      coverageReasonText('last-rows', { complete: false, from: FROM, to: TO }),
      'The key can read only the latest rows of its request log; earlier ones are missing.',
    );
  });

  it('say why there are no figures, and nothing of what they cover', () => {
    const lack = (coverage: Usage['coverage'], total?: Usage['total']) =>
      coverageOrLackText({ coverage, total, to: TO });
    const gaps = { complete: false, from: FROM, to: TO, reason: 'recorded-gaps' } as const;
    assert.equal(lack(gaps), 'No figures. Key Quota’s own readings do not cover the whole range.');
    assert.equal(
      lack(gaps, { used: 0 }).replace(/ only .+ to .+?\. /, ' only …. '),
      'They cover only …. Nothing was read before or in between, so spend may be missing or dated late.',
    );
    assert.equal(lack({ complete: false }), 'No figures.');
    assert.equal(lack({ complete: false, reason: 'not-told' }), 'No figures.');
    assert.equal(lack({ complete: false, reason: 'not-told' }, { used: 0 }), 'No figures.');
    for (const reason of REASONS) {
      assert.doesNotMatch(
        lackReasonText(reason, { complete: false }) ?? '',
        /older|their spend|dated late/,
        reason,
      );
    }
  });

  it('name whose figures they are', () => {
    assert.equal(scopeName({ scope: { key: 'Cline' } }), 'Cline');
    assert.equal(scopeName({ scope: { account: 'Team' } }), 'Team');
    assert.equal(scopeName({ scope: {} }), '');
  });

  it('promise nothing where no row is in reach', () => {
    const coverage = { complete: false, reason: 'last-rows' } as const;
    assert.equal(
      coverageText({ coverage, to: TO }),
      'They cover only a part of the range. The key can read only the latest rows of its request log, and those are newer than the range.',
    );
  });

  it('ignore the reason of a newer version', () => {
    const coverage = { complete: true, reason: 'eclipse' as CoverageReason };
    assert.equal(coverageText({ coverage, to: TO }), 'They cover the whole range.');
  });

  it('say the direction of a difference', () => {
    const other = {
      source: 'recorded',
      unit: { code: 'USD', source: 'gateway' },
      coverage: { complete: true },
    } as const;
    assert.equal(differenceText({ ...other, difference: 0.4 }), '$0.40 more');
    assert.equal(differenceText({ ...other, difference: -1.25 }), '$1.25 less');
    assert.equal(differenceText({ ...other, difference: 0 }), 'the same');
    assert.equal(differenceText(other), undefined);
  });

  it('show a range as its days in any time zone', () => {
    assert.equal(
      rangeText({ from: '2026-06-01', to: '2026-06-14' }).replaceAll('\u2009', ' '),
      'Jun 1 – 14, 2026',
    );
    assert.equal(rangeText({ from: '2026-06-01', to: '2026-06-01' }), 'Jun 1, 2026');
    assert.match(rangeText({ from: FROM, to: TO }), / to /);
  });

  it('show a range in Chinese by dates like those beside it', () => {
    setDisplayLanguage('zh-cn');
    try {
      assert.equal(rangeText({ from: '2026-06-01', to: '2026-06-14' }), '2026年6月1日 to 2026年6月14日');
      assert.equal(rangeText({ from: '2026-06-01', to: '2026-06-01' }), '2026年6月1日');
    } finally {
      setDisplayLanguage('en');
    }
  });
});
