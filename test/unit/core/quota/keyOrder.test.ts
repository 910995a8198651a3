import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { neighborOf, orderAfterMove } from '../../../../src/core/quota/keyOrder.ts';
import { keyState, NOW } from '../../support/samples.ts';

const [A, B, C] = ['https://a.example', 'https://b.example', 'https://c.example'];
const key = (id: string, origin: string, status: 'ok' | 'low' = 'ok') => keyState({ id, origin, status });
/** As keys were added: those of a gateway do not stand together. */
const KEYS = [key('a1', A), key('b1', B), key('a2', A), key('c1', C), key('a3', A), key('b2', B)];

const orderOf = (moved: string, target: string, keys = KEYS) => {
  const line = (name: string) => (name.startsWith('https:') ? { baseUrl: name } : { key: name });
  return orderAfterMove(keys, line(moved), line(target), NOW)?.join(' ');
};

describe('the order of keys after a move', () => {
  it('has the moved key at the place of the other: after it from above, before it from below', () => {
    assert.equal(orderOf('a1', 'a3'), 'a2 a3 a1 b1 b2 c1');
    assert.equal(orderOf('a3', 'a1'), 'a3 a1 a2 b1 b2 c1');
    assert.equal(orderOf('a2', 'a1'), 'a2 a1 a3 b1 b2 c1');
  });

  it('leaves the gateways where they are, though their first keys change places', () => {
    assert.equal(orderOf('b1', 'b2'), 'a1 a2 a3 b2 b1 c1');
  });

  it('has a gateway with all its keys at the place of the other', () => {
    assert.equal(orderOf(C, A), 'c1 a1 a2 a3 b1 b2');
    assert.equal(orderOf(A, B), 'b1 b2 a1 a2 a3 c1');
    assert.equal(orderOf(A, 'b2'), 'b1 b2 a1 a2 a3 c1', 'on a key of the other');
  });

  it('has a key first that is dropped on its gateway', () => {
    assert.equal(orderOf('a3', A), 'a3 a1 a2 b1 b2 c1');
  });

  it('has what needs attention among itself, and nothing else changed by a move there', () => {
    const keys = [key('a1', A), key('low1', A, 'low'), key('a2', A), key('low2', A, 'low'), key('b1', B)];
    assert.equal(orderOf('low2', 'low1', keys), 'a1 low2 low1 a2 b1');
    for (const [moved = '', target = ''] of [
      ['low2', 'a1'],
      ['a2', 'low1'],
      ['low2', A],
      [B, 'low1'],
    ])
      assert.equal(orderOf(moved, target, keys), undefined, `${moved} ${target}`);
  });

  it('is none where nothing changes: on itself, at another gateway, or of what is gone', () => {
    const inOrder = [key('a1', A), key('a2', A), key('b1', B)];
    for (const [moved = '', target = ''] of [
      ['a1', 'a1'],
      [A, A],
      [A, 'a2'],
      ['a1', 'b1'],
      ['a2', B],
      ['a1', 'gone'],
      ['gone', 'a1'],
      ['https://gone.example', A],
    ])
      assert.equal(orderOf(moved, target, inOrder), undefined, `${moved} ${target}`);
  });
});

describe('the neighbor of a line', () => {
  const of = (line: string, direction: 'up' | 'down', keys = KEYS) =>
    neighborOf(keys, line.startsWith('https:') ? { baseUrl: line } : { key: line }, direction, NOW);

  it('is the key of the same gateway before or after it', () => {
    assert.deepEqual(of('a2', 'up'), { key: 'a1' });
    assert.deepEqual(of('a2', 'down'), { key: 'a3' });
    assert.equal(of('a1', 'up'), undefined);
    assert.equal(of('a3', 'down'), undefined);
    assert.equal(of('gone', 'up'), undefined);
  });

  it('is one that is seen beside it: keys that need attention stand apart', () => {
    const keys = [key('a1', A), key('low1', A, 'low'), key('a2', A), key('low2', A, 'low')];
    assert.deepEqual(of('a2', 'up', keys), { key: 'a1' });
    assert.deepEqual(of('low2', 'up', keys), { key: 'low1' });
    assert.equal(of('low1', 'up', keys), undefined);
  });

  it('is the gateway before or after it', () => {
    assert.deepEqual(of(B, 'up'), { baseUrl: A });
    assert.deepEqual(of(B, 'down'), { baseUrl: C });
    assert.equal(of(A, 'up'), undefined);
    assert.equal(of(C, 'down'), undefined);
    assert.equal(of('https://gone.example', 'down'), undefined);
  });
});
