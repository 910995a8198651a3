import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Unit } from '../../../src/core/quota/unit.ts';
import { headlineOf } from '../../../src/core/usage/headline.ts';
import type { UsageReport } from '../../../src/core/usage/usageReport.ts';
import { sectionCoverage, sectionHeading } from '../../../src/webview/usage/sectionNotes.ts';
import { type Section, sectionsOf } from '../../../src/webview/usage/sections.ts';
import { markup, templateText } from './templateText.ts';
import { report } from './usageReports.ts';

const OVER = Date.parse('2026-06-10T00:00:00Z');
const key = (name: string, more: Partial<UsageReport> = {}) =>
  report({ scope: { key: name }, keyId: name, total: { used: 1 }, ...more });
const sectionOf = (reports: readonly UsageReport[]): Section =>
  sectionsOf(reports)[0] ?? assert.fail('no section');
const coverage = (reports: readonly UsageReport[], missing = 0) =>
  sectionCoverage(sectionOf(reports), headlineOf(reports, missing, OVER));
const told = (reports: readonly UsageReport[], missing?: number) => templateText(coverage(reports, missing));

const WHOLE = 'These are the gateway’s own figures. They cover the whole range.';
const PART = { complete: false, reason: 'changed' } as const;

describe('the heading of a section', () => {
  it('says whose figures it has, and in which unit', () => {
    const heading = (...reports: readonly UsageReport[]) => templateText(sectionHeading(sectionOf(reports)));
    assert.equal(heading(report()), 'Accounts · USD · Team');
    assert.equal(heading(key('Cline'), key('Roo')), 'Keys · USD · Cline, Roo');
  });
});

describe('the notes of a section', () => {
  it('say that nothing was spent only where that is known of every key and the whole range', () => {
    const zero = { total: { used: 0 } };
    const nothing = 'Nothing was spent in this range. ';
    assert.equal(told([key('a', zero)]), nothing + WHOLE);
    assert.equal(told([key('a', zero)], 1), WHOLE, 'another key has no report');
    assert.ok(!told([key('a', zero), key('b', { total: undefined, coverage: PART })]).includes(nothing));
    assert.ok(!told([key('a', { ...zero, coverage: { ...PART, from: report().from } })]).includes(nothing));
    assert.equal(told([key('a')]), WHOLE);
  });

  it('break no date in Chinese', () => {
    const shown = told([key('a', { note: '2026年6月10日之前的日志未能核对。' })]);
    assert.match(shown, /2026\u2060年\u20606\u2060月\u206010\u2060日之前/);
  });

  it('name whose they are where keys differ, and mark those of a part', () => {
    const two = [key('a'), key('b', { coverage: PART })];
    assert.equal(
      told(two),
      `a: ${WHOLE}b: These are the gateway’s own figures. They cover only a part of the range. The request log changed while it was read; rows may be missing.`,
    );
    assert.deepEqual(markup(coverage(two)).match(/<p class=\w*/g), ['<p class=', '<p class=partial']);
  });

  it('are one line that opens where they are many, marked where one is of a part', () => {
    const days = (count: number, more: Partial<UsageReport> = {}) =>
      Array.from({ length: count }, (_, at) => key(`k${at}`, { note: `Note ${at}.`, ...more }));
    assert.doesNotMatch(markup(coverage(days(4))), /<details/);
    const many = markup(coverage(days(5)));
    assert.match(many, /<details>\s*<summary class=>Where the figures come from, and what they cover</);
    assert.equal(many.match(/<p /g)?.length, 5);
    assert.match(markup(coverage(days(5, { coverage: PART }))), /<summary class=partial>/);
  });

  it('are one for keys that wait for their turn, whose reasons differ by their names alone', () => {
    const [answeredAt, retryAt] = ['2026-06-03T12:00:00.000Z', '2026-06-03T12:20:00.000Z'];
    const waits = (name: string) =>
      key(name, { answeredAt, retryAt, note: `“${name}” waiting for its turn.` });
    assert.doesNotMatch(told([waits('a'), waits('b')]), /turn|a:|b:/);
    assert.match(told([key('a', { note: 'No log is kept.' })]), /^No log is kept\. /);
  });

  it('say that the unit is assumed where the gateway does not say it', () => {
    const withUnit = (unit: Unit) => told([key('a', { unit })]);
    const assumed = `${WHOLE} ≈ The gateway does not say its unit; the usual one is assumed.`;
    assert.equal(withUnit({ code: 'USD', source: 'default' }), assumed);
    assert.equal(withUnit({ code: 'USD', source: 'setting' }), WHOLE);
    assert.equal(withUnit({ code: 'UNITS', source: 'default' }), WHOLE);
  });
});
