import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ShownUsage, UsageAnswer } from '../../../src/core/panels/usageMessages.ts';
import { isKnownTotal, type KnownTotal, unitTotals } from '../../../src/core/usage/unitTotals.ts';
import type { UsageReport } from '../../../src/core/usage/usageReport.ts';
import { usageNotes } from '../../../src/webview/usage/usageNotes.ts';
import { templateText } from './templateText.ts';
import { report } from './usageReports.ts';

const answer = (more: Partial<UsageAnswer> = {}): UsageAnswer => ({
  question: { keyIds: [], from: '2026-06-01', to: '2026-06-03' },
  reports: [],
  problems: [],
  ...more,
});
const told = (sections: number, more: Partial<ShownUsage> = {}, totals: readonly KnownTotal[] = []) =>
  templateText(
    usageNotes(
      { answer: answer(), comparing: false, timeZone: 'UTC', ...more },
      { sections, totals },
      () => undefined,
    ),
  );

describe('the notes above the figures of the usage panel', () => {
  it('are none where nothing is missing', () => {
    assert.equal(told(1), '');
  });

  it('say that there are no figures, or why', () => {
    assert.equal(told(0), 'No figures.');
    const problems = ['Gone was refused.'];
    assert.equal(told(0, { answer: answer({ problems }) }), 'No figures for the key Gone was refused.');
    const one = { reports: [report()], problems };
    assert.equal(told(1, { answer: answer(one) }), 'No figures for 1 of 2 keys Gone was refused.');
  });

  it('say what is missing in the period before', () => {
    assert.equal(
      told(1, { previous: answer({ reports: [report()], problems: ['Gone was refused.'] }) }),
      'No figures for 1 of 2 keys in the period before Gone was refused.',
    );
  });

  it('say that figures of several units are not added', () => {
    assert.equal(
      told(2),
      'Figures in different units, and those of accounts and of their keys, are not added.',
    );
  });

  it('have the total over accounts and keys, and what it lacks', () => {
    const total = (...reports: readonly UsageReport[]) =>
      unitTotals(reports, Date.parse('2026-06-10')).filter(isKnownTotal);
    const not = 'Figures in different units, and those of accounts and of their keys, are not added.';
    const key = report({ keyId: 'a', scope: { key: 'a' }, total: { used: 0.125 }, belongsTo: {} });
    const team = report({ total: { used: 3 } });
    assert.equal(told(2, {}, total(team, key)), `${not} Total in USD: $3.125`);
    assert.equal(
      told(2, {}, total(team, key, { ...key, keyId: 'b', total: undefined })),
      `${not} Total in USD, incomplete: $3.125 (2 of 3 keys)`,
    );
    const unit = { code: 'USD', source: 'default' } as const;
    assert.equal(told(2, {}, total(team, { ...key, unit })), `${not} Total in USD: ≈ $3.125`);
  });

  it('name the keys of which no unit is known', () => {
    const missing = [
      report({ keyId: 'd', scope: { key: 'd' }, total: undefined, isUnitUnknown: true, note: 'Refused.' }),
    ];
    const reports = [report({ total: { used: 3 } })];
    assert.match(
      told(1, { answer: answer({ reports, missing }) }),
      /Not in any total, since the unit is unknown: d\.$/,
    );
  });

  it('offer to ask now, and not to wait where somebody waits', () => {
    const held = answer({ reports: [report({ retryAt: '2026-06-03T12:20:00.000Z' })] });
    assert.match(told(1, { answer: held }), /can be asked again at .* Ask Gateway Now$/);
    assert.match(
      told(1, { answer: held, waitsUntil: '2026-06-03T12:20:00.000Z' }),
      /will be asked automatically at .* Ask Gateway Now Do Not Wait$/,
    );
  });
});
