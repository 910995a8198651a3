import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ShownUsage, UsageAnswer } from '../../../src/core/panels/usageMessages.ts';
import { usageNotes } from '../../../src/webview/usage/usageNotes.ts';
import { templateText } from './templateText.ts';
import { report } from './usageReports.ts';

const answer = (more: Partial<UsageAnswer> = {}): UsageAnswer => ({
  question: { keyIds: [], from: '2026-06-01', to: '2026-06-03' },
  reports: [],
  problems: [],
  ...more,
});
const told = (sections: number, more: Partial<ShownUsage> = {}) =>
  templateText(
    usageNotes({ answer: answer(), comparing: false, timeZone: 'UTC', ...more }, sections, () => undefined),
  );

describe('the notes above the figures of the usage panel', () => {
  it('are none where nothing is missing', () => {
    assert.equal(told(1), '');
  });

  it('say that there are no figures, or why', () => {
    assert.equal(told(0), 'No figures.');
    const problems = ['Gone was refused.'];
    assert.equal(told(0, { answer: answer({ problems }) }), 'The key is missing Gone was refused.');
    const one = { reports: [report()], problems };
    assert.equal(told(1, { answer: answer(one) }), '1 of 2 keys is missing Gone was refused.');
  });

  it('say what is missing in the period before', () => {
    assert.equal(
      told(1, { previous: answer({ reports: [report()], problems: ['Gone was refused.'] }) }),
      '1 of 2 keys is missing in the period before Gone was refused.',
    );
  });

  it('say that figures of several units are not added', () => {
    assert.equal(
      told(2),
      'Figures in different units, and those of accounts and of their keys, are not added.',
    );
  });

  it('offer to ask now, and not to wait where somebody waits', () => {
    const held = answer({ reports: [report({ retryAt: '2026-06-03T12:20:00.000Z' })] });
    assert.match(told(1, { answer: held }), /can be asked again at .* Ask Now Anyway$/);
    assert.match(
      told(1, { answer: held, waitsUntil: '2026-06-03T12:20:00.000Z' }),
      /is asked by itself at .* Ask Now Anyway Do Not Wait$/,
    );
  });
});
