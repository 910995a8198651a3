import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { gatewayTargets } from '../../fuzz/gatewayParsers.ts';
import { oddRefusal, outcomeOf, problemOf } from '../../fuzz/oddOutcome.ts';
import { FORMS, OWN_REFUSALS } from '../../fuzz/ownRefusals.ts';

describe('a refusal in the words of another kind, or in a form that is not its own', () => {
  for (const asked of gatewayTargets) {
    it(`says nothing final to ${asked.target.name}`, async () => {
      const problems: string[] = [];
      for (const refusal of OWN_REFUSALS) {
        for (const form of FORMS) {
          const odd = oddRefusal(asked.kind, refusal, form, refusal.status);
          const problem = problemOf(await outcomeOf(asked, odd), odd);
          if (problem) problems.push(`${refusal.status} ${odd.answer.text}: ${problem}`);
        }
      }
      assert.deepEqual(problems, []);
    });
  }
});
