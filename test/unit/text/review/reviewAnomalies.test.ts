import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { anomaliesSection } from '../../../../src/text/review/reviewAnomalies.ts';
import type { ReviewPart } from '../../../../src/text/review/reviewContent.ts';
import { blockTexts } from '../../support/blockTexts.ts';
import { report } from '../../webview/usageReports.ts';

describe('the anomalies of a review', () => {
  const part = (more: Parameters<typeof report>[0]): ReviewPart => ({
    report: report(more),
    anomalies: [],
    judged: { days: false, hours: false },
  });
  const anomaliesText = (parts: readonly ReviewPart[]) => blockTexts(anomaliesSection(parts));
  const untold = part({ total: undefined, coverage: { complete: false, reason: 'not-told' } });

  it('are said to be none where figures were checked', () => {
    assert.equal(anomaliesText([part({ total: { used: 1 } }), untold])[0], 'None found.');
  });

  it('are not said to be none where there was nothing to check', () => {
    assert.equal(anomaliesText([untold])[0], 'There was nothing to look at.');
  });

  it('are told with their figures, and what to do about them', () => {
    const found = (anomalies: ReviewPart['anomalies']) =>
      anomaliesText([{ ...part({ scope: { key: 'Mine' }, total: { used: 9 } }), anomalies }]);
    const [list, advice] = found([
      { kind: 'high-day', at: '2026-06-02', used: 9, usual: 0.5 },
      { kind: 'strange-hour', at: '2026-06-02T03:00', used: 1.25, hours: [9, 10, 14] },
      { kind: 'not-idle', at: 'spare', used: 0.1 },
      { kind: 'not-idle', at: 'שלום', used: 0.2 },
    ]);
    assert.deepEqual((list ?? '').split('\n'), [
      '- Mine, 2026-06-02: $9.00 spent, where $0.50 is usual.',
      '- Mine, 2026-06-02 03:00: $1.25 spent at an hour without spend before; usual hours are 9, 10, 14.',
      '- spare: $0.10 spent, though no spend was expected.',
      '- \u2068שלום\u2069: $0.20 spent, though no spend was expected.',
    ]);
    assert.match(advice ?? '', /^For each of these: /);
  });

  it('name all keys by their number where they are many', () => {
    const keys = ['a', 'b', 'c', 'd'].map(key => part({ scope: { key }, total: { used: 1 } }));
    const judged = { days: true, hours: false };
    const hours = 'unusual hours, because its own were not watched for long enough.';
    const said = (...parts: readonly ReviewPart[]) => anomaliesText(parts).at(-1);
    assert.equal(said(...keys.map(each => ({ ...each, judged }))), `- All 4 keys: ${hours}`);
    assert.equal(said(...keys.slice(0, 3).map(each => ({ ...each, judged }))), `- a, b, c: ${hours}`);
    const [first = assert.fail(), ...others] = keys;
    const known = { ...first, judged: { days: true, hours: true } };
    assert.equal(said(known, ...others.map(each => ({ ...each, judged }))), `- b, c, d: ${hours}`);
  });

  it('are said to be looked for only as far as there was enough to tell', () => {
    const days = 'Mine: days far above the usual, because there are too few to tell.';
    const hours = 'Mine: unusual hours, because its own were not watched for long enough.';
    const unchecked = (judged: ReviewPart['judged']) =>
      anomaliesText([{ ...part({ scope: { key: 'Mine' }, total: { used: 1 } }), judged }]).slice(1);
    assert.deepEqual(unchecked({ days: true, hours: true }), []);
    assert.deepEqual(unchecked({ days: false, hours: true }), ['Not looked for:', `- ${days}`]);
    assert.deepEqual(unchecked({ days: true, hours: false }), ['Not looked for:', `- ${hours}`]);
    assert.deepEqual(unchecked({ days: false, hours: false }), ['Not looked for:', `- ${days}\n- ${hours}`]);
    const changed = part({
      scope: { key: 'Yours' },
      total: { used: 1 },
      coverage: { complete: false, reason: 'scale-changed' },
    });
    assert.deepEqual(anomaliesText([changed]).at(-1)?.split('\n'), [
      '- Yours: days far above the usual, because the scale or unit changed.',
      '- Yours: unusual hours, because its own were not watched for long enough.',
    ]);
    const several = ['One', 'Two'].map(name => part({ scope: { key: name }, total: { used: 1 } }));
    assert.deepEqual(anomaliesText(several).at(-1)?.split('\n'), [
      '- One, Two: days far above the usual, because there are too few to tell.',
      '- One, Two: unusual hours, because its own were not watched for long enough.',
    ]);
  });
});
