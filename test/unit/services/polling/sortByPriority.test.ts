import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { PolledKey } from '../../../../src/services/polling/polledKey.ts';
import { sortByPriority } from '../../../../src/services/polling/sortByPriority.ts';

const key = (id: string, pinned: boolean, urgent: boolean, dueAt?: number, pace = 'usual') =>
  ({ key: { id, pinned }, urgent, pace, state: { keyId: id, failures: 0, dueAt } }) as unknown as PolledKey;

describe('keys that are due', () => {
  it('are checked pinned ones first, then urgent ones, then those in use, then by how long they have waited', () => {
    const keys = [
      key('later', false, false, 5),
      key('sooner', false, false, 4),
      key('never due', false, false),
      key('in use', false, false, 6, 'close'),
      key('seldom', false, false, 3, 'seldom'),
      key('urgent later', false, true, 8),
      key('urgent', false, true, 7),
      key('pinned', true, false, 9),
      key('both', true, true, 10),
    ];
    const expected = [
      'both',
      'pinned',
      'urgent',
      'urgent later',
      'in use',
      'never due',
      'seldom',
      'sooner',
      'later',
    ];
    for (const each of [keys, keys.toReversed()])
      assert.deepEqual(
        sortByPriority(each).map(({ key: { id } }) => id),
        expected,
      );
    assert.equal(keys[0]?.key.id, 'later', 'the list itself stays as it is');
  });

  it('go before all others where a person waits for them, whatever speaks for those', () => {
    const keys = [key('all reasons', true, true, 1, 'close'), key('asked', false, false, 9, 'seldom')];
    const order = (waiting: ReadonlySet<string>) => sortByPriority(keys, waiting).map(each => each.key.id);
    assert.deepEqual(order(new Set(['asked'])), ['asked', 'all reasons']);
    assert.deepEqual(order(new Set()), ['all reasons', 'asked']);
  });

  it('go by each reason before all that come after it', () => {
    const keys = [key('urgent and in use', false, true, 1, 'close'), key('pinned', true, false, 9, 'seldom')];
    assert.equal(sortByPriority(keys)[0]?.key.id, 'pinned');
    const others = [key('in use', false, false, 1, 'close'), key('urgent', false, true, 9, 'seldom')];
    assert.equal(sortByPriority(others)[0]?.key.id, 'urgent');
  });
});
