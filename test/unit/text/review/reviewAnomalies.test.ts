import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { anomaliesText } from '../../../../src/text/review/reviewAnomalies.ts';
import type { ReviewPart } from '../../../../src/text/review/reviewContent.ts';
import { report } from '../../webview/usageReports.ts';

describe('the anomalies of a review', () => {
  const part = (more: Parameters<typeof report>[0]): ReviewPart => ({
    report: report(more),
    anomalies: [],
    judged: { days: false, hours: false },
  });
  const untold = part({ total: undefined, coverage: { complete: false, reason: 'not-told' } });

  it('are said to be none where figures were checked', () => {
    assert.equal(anomaliesText([part({ total: { used: 1 } }), untold])[0], 'None found.');
  });

  it('are not said to be none where there was nothing to check', () => {
    assert.equal(anomaliesText([untold])[0], 'Nothing could be looked at.');
  });
});
