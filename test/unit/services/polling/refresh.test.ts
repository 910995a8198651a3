import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { PolledKey } from '../../../../src/services/polling/polledKey.ts';
import { type RefreshOptions, refreshEntries } from '../../../../src/services/polling/refresh.ts';
import { NOW } from '../../support/samples.ts';

type Parts = Parameters<typeof refreshEntries>;

interface Scene {
  readonly options?: RefreshOptions;
  /** Keys of which this window lacks the secret. */
  readonly cannotCheck?: readonly string[];
  /** Keys whose check is under way. */
  readonly running?: readonly string[];
  /** Keys whose check the scheduler starts in between. */
  readonly startedMeanwhile?: readonly string[];
  readonly paused?: readonly string[];
  /** Whether all places are taken at first. */
  readonly isBusy?: boolean;
  readonly refused?: Readonly<Record<string, 'taken' | number>>;
}

/** What a refresh of keys does: each is on an origin of its own name. */
async function refresh(ids: readonly string[], scene: Scene = {}) {
  const { options = {}, cannotCheck = [], running = [], startedMeanwhile = [], refused = {} } = scene;
  const { paused = [], isBusy = false } = scene;
  let isFull = isBusy;
  const steps: string[] = [];
  const looked = new Set<string>();
  const entries = ids.map(id => ({
    key: {
      id,
      baseUrl: `https://${id}.example`,
      pinned: id === 'pinned',
      pausedAt: paused.includes(id) ? NOW : undefined,
    },
    urgent: false,
    state: { keyId: id, failures: 0, dueAt: NOW },
  }));
  const waited = (id: string) => ({
    // biome-ignore lint/suspicious/noThenProperty: says that it was waited for
    then: (done: () => void) => {
      steps.push(`waits for ${id}`);
      done();
    },
  });
  const checks = {
    canCheck: ({ key }: PolledKey) => !cannotCheck.includes(key.id),
    running: (id: string) => {
      const isSecondLook = looked.has(id);
      looked.add(id);
      return running.includes(id) || (isSecondLook && startedMeanwhile.includes(id)) ? waited(id) : undefined;
    },
    takeNextStartable: (queue: unknown[]) => (isFull ? undefined : queue.shift()),
    nextEnd: async () => {
      assert.ok(isBusy);
      isFull = false;
    },
    start: ({ key }: PolledKey, given: object) => {
      steps.push(`starts ${key.id} ${JSON.stringify(given)}`);
      const refusal = refused[key.id];
      if (refusal === undefined) return { done: waited(key.id) };
      return refusal === 'taken' ? { refused: 'taken' } : { refused: 'held', freeAt: refusal };
    },
  };
  const store = {
    retryWhileLocked: async (work: () => unknown) => work(),
    transaction: (work: () => unknown) => work(),
    sites: { expireSite: (origin: string) => steps.push(`expires ${origin}`) },
  };
  const held = await refreshEntries(...([store, checks, entries, options] as unknown as Parts));
  return { steps, held: [...held] };
}

describe('a refresh', () => {
  it('asks again what the site says, and each key, whether due or not, pinned ones first', async () => {
    assert.deepEqual(await refresh(['a', 'pinned'], { options: { beyondBudget: true } }), {
      steps: [
        'expires https://a.example',
        'expires https://pinned.example',
        'starts pinned {"manual":true,"beyondBudget":true}',
        'starts a {"manual":true,"beyondBudget":true}',
        'waits for pinned',
        'waits for a',
      ],
      held: [],
    });
  });

  it('for an agent does not ask again what the site says', async () => {
    const { steps } = await refresh(['a'], { options: { sparing: true } });
    assert.deepEqual(steps, ['starts a {"manual":true,"sparing":true}', 'waits for a']);
  });

  it('leaves out keys whose secret is not there, and their sites', async () => {
    const { steps } = await refresh(['a', 'b'], { cannotCheck: ['b'] });
    assert.deepEqual(steps, ['expires https://a.example', 'starts a {"manual":true}', 'waits for a']);
  });

  it('leaves out keys whose checks are paused, unless it is for just that', async () => {
    const paused = ['b'];
    assert.equal((await refresh(['a', 'b'], { paused })).steps.length, 3);
    const { steps } = await refresh(['b'], { paused, options: { evenIfPaused: true } });
    assert.deepEqual(steps.slice(1), ['starts b {"manual":true,"evenIfPaused":true}', 'waits for b']);
  });

  it('waits for a place where all are taken', async () => {
    const { steps } = await refresh(['a'], { isBusy: true });
    assert.deepEqual(steps.slice(1), ['starts a {"manual":true}', 'waits for a']);
  });

  it('waits for a check that is under way, and starts no other', async () => {
    const { steps } = await refresh(['a'], { running: ['a'] });
    assert.deepEqual(steps, ['expires https://a.example', 'waits for a']);
  });

  it('waits for a check that was started meanwhile', async () => {
    const { steps } = await refresh(['a'], { startedMeanwhile: ['a'] });
    assert.deepEqual(steps, ['expires https://a.example', 'waits for a']);
  });

  it('says until when keys are held for which there is no room, and goes on with the others', async () => {
    const { steps, held } = await refresh(['a', 'b', 'c'], { refused: { a: NOW + 5, b: 'taken' } });
    assert.deepEqual(held, [['a', NOW + 5]]);
    assert.equal(steps.at(-1), 'waits for c');
  });
});
