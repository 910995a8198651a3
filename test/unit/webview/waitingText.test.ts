import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { UsageAnswer } from '../../../src/core/panels/usageMessages.ts';
import type { UsageReport } from '../../../src/core/usage/usageReport.ts';
import { waitingText } from '../../../src/webview/usage/waitingText.ts';
import { useTimeZone } from '../support/timeZone.ts';
import { report } from './usageReports.ts';

const key = (name: string, retryAt?: string) => report({ scope: { key: name }, keyId: name, retryAt });
const answer = (reports: readonly UsageReport[], missing: readonly UsageReport[] = []): UsageAnswer => ({
  question: { keyIds: [], from: '2026-06-01', to: '2026-06-03' },
  reports,
  problems: [],
  missing,
});
const at = (time: string) => `2026-06-03T${time}:00.000Z`;

describe('keys that have to wait, in the usage panel', () => {
  useTimeZone('UTC');
  const told = (...[shown]: Parameters<typeof waitingText>) => waitingText(shown)?.replace(/\s/g, ' ');

  it('are named with the time at which they are asked', () => {
    assert.equal(
      told({ answer: answer([key('Cline', at('12:20')), key('Roo')]), waitsUntil: at('12:20') }),
      'Cline must wait, since the gateway allows only so many calls. It will be asked automatically at Jun 3, 2026, 12:20 PM.',
    );
  });

  it('are named with the time from which on they can be asked where nobody waits for them', () => {
    assert.equal(
      told({ answer: answer([], [key('Cline', at('12:20'))]) }),
      'Cline must wait, since the gateway allows only so many calls. It can be asked again at Jun 3, 2026, 12:20 PM.',
    );
  });

  it('are not all promised the time of the first of them', () => {
    const both = answer([key('Cline', at('12:40'))], [key('Roo', at('12:20'))]);
    assert.equal(
      told({ answer: both, waitsUntil: at('12:20') }),
      'Cline, Roo must wait, since a gateway allows only so many calls. They will be asked automatically from Jun 3, 2026, 12:20 PM on.',
    );
    assert.equal(
      told({ answer: both }),
      'Cline, Roo must wait, since a gateway allows only so many calls. They can be asked again from Jun 3, 2026, 12:20 PM on.',
    );
  });

  it('are told of the period before, unless they wait for the range as well', () => {
    const previous = answer([key('Cline', at('12:40'))], [key('Roo', at('12:20'))]);
    assert.match(
      told({ answer: answer([key('Cline', at('12:30'))]), previous }) ?? '',
      /^Cline, Roo in the period before must wait, .* from Jun 3, 2026, 12:20 PM on\.$/,
    );
    assert.match(
      told({ answer: answer([]), previous: answer([key('Roo', at('12:20'))]) }) ?? '',
      /^Roo in the period before must wait, /,
    );
  });

  it('are none where every key was asked', () => {
    assert.equal(told({ answer: answer([key('Cline')], [key('Roo')]) }), undefined);
  });
});
