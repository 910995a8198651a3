import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Slices } from '../../../../src/services/polling/slices.ts';

describe('long work in slices', () => {
  /** What happened, when each piece takes so many milliseconds. */
  async function run(pieceMs: number, pieces: number): Promise<string[]> {
    let ms = 0;
    const events: string[] = [];
    const slices = new Slices(() => ms);
    const others = () => {
      events.push('others');
      if (events.filter(each => each === 'piece').length < pieces) setImmediate(others);
    };
    setImmediate(others);
    for (let piece = 0; piece < pieces; piece++) {
      events.push('piece');
      ms += pieceMs;
      await slices.next();
    }
    return events;
  }

  it('lets others have a turn after each 4 ms', async () => {
    assert.deepEqual((await run(2, 4)).slice(0, 6), ['piece', 'piece', 'others', 'piece', 'piece', 'others']);
  });

  it('does not wait for others after less than that', async () => {
    assert.deepEqual(await run(1, 3), ['piece', 'piece', 'piece']);
  });
});
