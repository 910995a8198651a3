import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ShownUsage, UsageAnswer } from '../../../src/core/panels/usageMessages.ts';
import type { UsageReport } from '../../../src/core/usage/usageReport.ts';
import {
  shownSections,
  totalsOverSections,
  unplacedKeys,
  usageTitle,
} from '../../../src/webview/usage/shownFigures.ts';
import { report } from './usageReports.ts';

const answer = (more: Partial<UsageAnswer> = {}): UsageAnswer => ({
  question: { keyIds: [], from: '2026-06-01', to: '2026-06-03' },
  reports: [report({ total: { used: 1 } })],
  problems: [],
  ...more,
});
const shown = (more: Partial<ShownUsage> = {}): ShownUsage => ({
  answer: answer(),
  comparing: false,
  timeZone: 'Asia/Shanghai',
  ...more,
});
const title = (of: ShownUsage | undefined) => usageTitle(of).replaceAll('\u2009', ' ');
const LACKING = [report({ keyId: 'gone' })];

describe('the title of the usage panel', () => {
  it('has the range, and says what is wrong with the figures', () => {
    assert.equal(title(undefined), 'Usage');
    assert.equal(title(shown()), 'Usage: Jun 1 – 3, 2026');
    assert.equal(
      title(shown({ answer: answer({ missing: LACKING }) })),
      'Usage: Jun 1 – 3, 2026, incomplete',
    );
    const coverage = { complete: false, reason: 'scale-changed' } as const;
    const reports = [report({ total: { used: 1 }, coverage })];
    assert.equal(title(shown({ answer: answer({ reports }) })), 'Usage: Jun 1 – 3, 2026, incomplete');
  });
});

describe('the sections of the usage panel', () => {
  it('have the keys that are missing, and the zone of the figures', () => {
    const [only] = shownSections(shown({ answer: answer({ missing: LACKING }) }));
    assert.deepEqual([only?.missing, only?.timeZone, only?.previous], [1, 'Asia/Shanghai', undefined]);
    assert.equal(shownSections(shown())[0]?.missing, 0);
  });

  it('have the section of the period before of the same unit and scope, and what is wrong with it', () => {
    const cny = { code: 'CNY', source: 'gateway' } as const;
    const spent = (used: number, more = {}) => report({ total: { used }, ...more });
    const sections = shownSections(
      shown({
        answer: answer({ reports: [spent(1), spent(2, { keyId: 'b', unit: cny })] }),
        previous: answer({ reports: [spent(8, { unit: cny })], missing: LACKING }),
      }),
    );
    assert.deepEqual(
      sections.map(({ section, previous }) => [
        section.unit.code,
        previous?.section?.unit.code,
        previous?.flaw,
      ]),
      [
        ['USD', undefined, 'incomplete'],
        // The key that is missing spends in dollars.
        ['CNY', 'CNY', undefined],
      ],
    );
  });

  it('lack what belongs into them: of their unit, and a key or an account as they are', () => {
    const cny = { code: 'CNY', source: 'gateway' } as const;
    const units = { code: 'UNITS', source: 'default' } as const;
    const of = (keyId: string, more: Partial<UsageReport> = {}) =>
      report({ keyId, scope: { key: keyId }, total: { used: 1 }, ...more });
    const gone = (keyId: string, more: Partial<UsageReport> = {}) => of(keyId, { total: undefined, ...more });
    const all = answer({
      reports: [of('a'), of('b', { unit: cny }), report({ total: { used: 1 } })],
      missing: [
        gone('c'),
        gone('d', { unit: units, isUnitUnknown: true }),
        gone('e', { scope: { account: 'e' } }),
      ],
    });
    assert.deepEqual(
      shownSections(shown({ answer: all })).map(({ section, missing }) => [
        section.scope,
        section.unit.code,
        missing,
      ]),
      [
        ['key', 'USD', 1],
        ['key', 'CNY', 0],
        ['account', 'USD', 1],
      ],
    );
    assert.deepEqual(unplacedKeys(shown({ answer: all })), ['d']);
  });

  it('have a total over accounts and keys where each key’s spend is counted once', () => {
    const key = (keyId: string, belongsTo: UsageReport['belongsTo']) =>
      report({ keyId, scope: { key: keyId }, total: { used: 1 }, belongsTo });
    const over = (reports: readonly UsageReport[], only = {}) =>
      totalsOverSections(shown({ answer: answer({ reports }) }), only, Date.parse('2026-06-10')).map(
        ({ used }) => used,
      );
    const team = report({ total: { used: 3 } });
    assert.deepEqual(over([team, key('a', { account: 'team' }), key('b', {})]), [4]);
    assert.deepEqual(over([team, key('a', { maybe: ['team'] })]), []);
    // One section has its total itself.
    assert.deepEqual(over([key('a', {}), key('b', {})]), []);
    assert.deepEqual(over([team, key('b', {})], { model: { id: 'm', name: 'm' } }), []);
  });
});
