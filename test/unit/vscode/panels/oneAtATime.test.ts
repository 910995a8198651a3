import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, it } from 'mocha';
import { LatestTask } from '../../../../src/vscode/panels/oneAtATime.ts';

describe('tasks of a panel, one at a time', () => {
  let told: string[];
  let tasks: LatestTask;

  beforeEach(() => {
    told = [];
    tasks = new LatestTask({
      onStart: () => told.push('start'),
      onError: message => told.push(message),
      onEnd: () => told.push('end'),
    });
  });

  it('say what went wrong, and end', async () => {
    await tasks.run(async () => {
      throw new Error('no figures');
    });
    assert.deepEqual([told, tasks.isBusy], [['start', 'no figures', 'end'], false]);
  });

  it('are aborted by a newer one, whose end alone is told', async () => {
    const late = Promise.withResolvers<void>();
    let first: AbortSignal | undefined;
    const older = tasks.run(signal => {
      first = signal;
      return late.promise;
    });
    const newer = Promise.withResolvers<void>();
    const second = tasks.run(() => newer.promise);
    assert.equal(first?.aborted, true);
    late.reject(new Error('too late'));
    await older;
    assert.deepEqual([told, tasks.isBusy], [['start', 'start'], true]);
    newer.resolve();
    await second;
    assert.deepEqual([told, tasks.isBusy], [['start', 'start', 'end'], false]);
  });

  it('say nothing where they were told to stop, and end', async () => {
    const running = tasks.run(async signal => {
      await turn();
      signal.throwIfAborted();
    });
    tasks.abort();
    await running;
    assert.deepEqual(told, ['start', 'end']);
  });
});
