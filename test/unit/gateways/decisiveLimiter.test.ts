import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isDecisive } from '../../../src/gateways/decisiveLimiter.ts';
import type { SiteNotes } from '../../../src/gateways/siteNotes.ts';
import { HOUR, NOW } from '../support/samples.ts';

describe('whether one answered call would open a more ample way', () => {
  const noted = (ms: number, limiter = 'scarce'): SiteNotes => ({ decisive: { limiter, until: NOW + ms } });
  const TABLE: readonly [what: string, notes: SiteNotes, decisive: boolean][] = [
    ['nothing was noted', {}, false],
    ['it was noted just now', noted(2 * HOUR), true],
    ['it was noted nearly two hours ago', noted(1), true],
    ['it was noted two hours ago', noted(0), false],
    ['it was noted by a clock that was ahead', noted(2 * HOUR + 1), false],
    ['it was noted of another limiter', noted(HOUR, 'general'), false],
    ['the note was damaged', { decisive: 'scarce' } as never as SiteNotes, false],
  ];
  for (const [what, notes, decisive] of TABLE) {
    it(`${decisive ? 'yes' : 'no'}: ${what}`, () => assert.equal(isDecisive(notes, 'scarce', NOW), decisive));
  }
});
