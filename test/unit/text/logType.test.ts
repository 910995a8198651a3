import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { LOG_TYPES } from '../../../src/core/usage/logRow.ts';
import { logTypeText } from '../../../src/text/logType.ts';

describe('the kinds of log rows', () => {
  it('each have a name', () => {
    assert.deepEqual(([...LOG_TYPES, 'other'] as const).map(type => `${type}: ${logTypeText(type)}`).sort(), [
      'consume: Request',
      'error: Error',
      'login: Login',
      'manage: Management',
      'other: Other',
      'refund: Refund',
      'system: System',
      'topUp: Top-up',
    ]);
  });
});
