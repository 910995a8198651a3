import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, it } from 'mocha';
import { nextAnswerTurn } from '../../../../src/services/requests/answerTurns.ts';

describe('answers that arrive together', () => {
  it('are taken one in each turn of the event loop, in their order', async () => {
    const events: string[] = [];
    const taken = ['first', 'second', 'third'].map(async name => {
      await nextAnswerTurn();
      events.push(name);
    });
    for (let count = 0; count < 3; count++) {
      await turn();
      events.push('others');
    }
    await Promise.all(taken);
    assert.deepEqual(events, ['first', 'others', 'second', 'others', 'third', 'others']);
  });

  it('are taken after what follows at once from the one before', async () => {
    const events: string[] = [];
    const take = async (name: string) => {
      await nextAnswerTurn();
      events.push(name);
      await Promise.resolve();
      events.push(`${name}, later`);
    };
    await Promise.all([take('first'), take('second')]);
    assert.deepEqual(events, ['first', 'first, later', 'second', 'second, later']);
  });

  it('need no wait where the one before was taken', async () => {
    await nextAnswerTurn();
    let isTaken = false;
    void nextAnswerTurn().then(() => {
      isTaken = true;
    });
    await turn();
    assert.equal(isTaken, true);
  });
});
