import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CheckState } from '../../../../src/core/ports/checkTables.ts';
import type { Log } from '../../../../src/core/ports/log.ts';
import { NotSavedError } from '../../../../src/core/ports/notSavedError.ts';
import type { SecretLookup } from '../../../../src/core/ports/secrets.ts';
import { failed } from '../../../../src/core/quota/failure.ts';
import type { Reading } from '../../../../src/core/quota/reading.ts';
import type { Gateway } from '../../../../src/gateways/gateway.ts';
import type { GatewayContext } from '../../../../src/gateways/gatewayContext.ts';
import { redactor } from '../../../../src/redaction/redactor.ts';
import { Checks } from '../../../../src/services/polling/checks.ts';
import type { PolledKey } from '../../../../src/services/polling/polledKey.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { secretFor } from '../../../sampleGateways/secrets.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { DAY, HOUR, MINUTE, NOW, reading } from '../../support/samples.ts';
import { SETTINGS } from '../../support/testWindow.ts';

const ORIGIN = 'https://gw.example';
const SECOND = 1000;
const INTERVAL = 5 * MINUTE;
/** The timeout of a call, and five seconds. */
const CLAIM = 10 * SECOND;
const LONGEST_CLAIM = 10 * MINUTE;

describe('the checks of a window', () => {
  let clock: ManualClock;
  let store: SqliteStore;
  let checks: Checks;
  let lookup: (keyId: string) => SecretLookup | undefined;
  let read: (context: GatewayContext) => Promise<Reading>;
  let ended: (CheckState | undefined)[];
  let logLines: string[];
  let sent: number;
  let chance: number;
  let log: { -readonly [Name in keyof Log]: Log[Name] };
  /** When others are due. */
  let dueTimes: readonly number[];
  let dueElsewhere: readonly number[];
  /** What the gateway's answers carry. */
  let headers: Headers;

  const gateway: Gateway = {
    kind: 'newApi',
    title: 'Test',
    hosts: [],
    credentials: [{ type: 'apiKey', abilities: ['quota'], readLimiter: 'ample' }],
    limiters: { ample: { calls: 1000, windowMs: MINUTE, holdMs: MINUTE } },
    readQuota: context => read(context),
  };

  beforeEach(() => {
    clock = new ManualClock(NOW);
    store = new SqliteStore(tempFolder(), NOW);
    lookup = () => ({
      kind: 'newApi',
      label: 'Team',
      baseUrl: ORIGIN,
      credential: 'apiKey',
      secret: secretFor('checks'),
    });
    read = async context => {
      await call(context);
      return reading();
    };
    ended = [];
    logLines = [];
    sent = 0;
    chance = 1;
    dueTimes = [];
    dueElsewhere = [];
    headers = new Headers();
    const write = (line: string) => logLines.push(line);
    log = { info: write, warn: write, debug: write, show: () => undefined };
    checks = new Checks(
      {
        store,
        transport: async () => {
          sent++;
          return { status: 200, headers, text: '{}' };
        },
        redactor,
        clock,
        settings: () => SETTINGS,
        log,
        secrets: {
          read: () => assert.fail(),
          write: () => assert.fail(),
          remove: () => assert.fail(),
          ids: () => assert.fail(),
          onDidChange: () => assert.fail(),
        },
        activity: { focused: true, onDidFocus: () => ({ dispose: () => undefined }) },
        chance: () => chance,
        secretsShared: true,
        isReachable: () => true,
      },
      keyId => lookup(keyId),
      ([state]) => ended.push(state),
      { dueOfLimiter: () => dueTimes, dueElsewhere: () => dueElsewhere },
    );
  });

  afterEach(async () => {
    checks.dispose();
    await checks.idle();
    store.close();
    removeTempFolders();
  });

  const call = ({ sendRequest }: GatewayContext) =>
    sendRequest({ path: '/usage', secretIn: 'bearer', limiter: 'ample' });

  /** A key that is due now. */
  function due(id: string, more: { readonly baseUrl?: string; readonly pinned?: boolean } = {}): PolledKey {
    const { baseUrl = ORIGIN, pinned = false } = more;
    const key = { id, label: id, kind: 'newApi', baseUrl, credential: 'apiKey', fingerprint: id } as const;
    const state = { keyId: id, failures: 0, dueAt: NOW };
    store.transaction(() => {
      store.keys.addKey({ ...key, pinned, createdAt: NOW });
      store.states.saveState(state);
    });
    return {
      key: { ...key, pinned, createdAt: NOW },
      gateway,
      state,
      intervalMs: INTERVAL,
      limiterName: 'ample',
      limiter: gateway.limiters.ample ?? assert.fail(),
      limiterId: `${baseUrl} ample`,
      pace: 'close',
      isOneOfMany: false,
      isOneOfManyNew: false,
      isSaturated: false,
      urgent: false,
    };
  }
  const start = (entry: PolledKey) => {
    const started = checks.start(entry);
    return 'done' in started ? started.done : assert.fail(started.refused);
  };
  /** Starts what may start, and returns the ids. */
  function startFrom(queue: PolledKey[]): string[] {
    const ids: string[] = [];
    for (let next = checks.takeNextStartable(queue); next; next = checks.takeNextStartable(queue)) {
      ids.push(next.key.id);
      void start(next);
    }
    return ids;
  }
  const isClaimed = (id: string, inMs = 0) => store.claims.isLive(id, NOW + inMs, LONGEST_CLAIM);
  const takeOver = (id: string) =>
    store.transaction(() => store.claims.saveClaim(id, 'another window', clock.now() + CLAIM));

  it('of one origin: the first goes alone, then four together', async () => {
    const queue = Array.from({ length: 7 }, (_, index) => due(`${index}`));
    assert.deepEqual(startFrom(queue), ['0']);
    await checks.idle();
    assert.deepEqual(startFrom(queue), ['1', '2', '3', '4']);
    await checks.idle();
    assert.deepEqual(startFrom(queue), ['5', '6']);
    await checks.idle();
    assert.equal(sent, 7);
  });

  it('of an origin that is busy let those of others go first', () => {
    const queue = [due('a'), due('b'), due('c', { baseUrl: 'https://other.example' }), due('d')];
    assert.deepEqual(startFrom(queue), ['a', 'c']);
    assert.deepEqual(
      queue.map(({ key }) => key.id),
      ['b', 'd'],
    );
  });

  it('are sixteen at most', () => {
    const queue = Array.from({ length: 18 }, (_, index) =>
      due(`${index}`, { baseUrl: `https://${index}.example` }),
    );
    assert.equal(startFrom(queue).length, 16);
    assert.equal(queue.length, 2);
  });

  it('need a gateway and a secret', () => {
    const entry = due('a');
    assert.equal(checks.canCheck(entry), true);
    assert.equal(checks.canCheck({ ...entry, gateway: undefined }), false);
    assert.deepEqual(checks.start({ ...entry, gateway: undefined }), { refused: 'taken' });
    for (const nothing of ['missing', undefined] as const) {
      lookup = () => nothing;
      assert.equal(checks.canCheck(entry), false, nothing);
    }
    assert.equal(isClaimed('a'), false);
  });

  it('of a key that is checked already are not started', async () => {
    const entry = due('a');
    const done = start(entry);
    assert.equal(checks.running('a'), done);
    assert.deepEqual(checks.start(entry), { refused: 'taken' });
    await done;
    assert.equal(checks.running('a'), undefined);
  });

  it('end with the new state, which is recorded, and free the key', async () => {
    const done = start(due('a'));
    assert.equal(isClaimed('a', CLAIM - 1), true);
    assert.equal(isClaimed('a', CLAIM), false);
    await done;
    const [state] = ended;
    assert.equal(state?.checkedAt, NOW);
    assert.equal(store.states.stateOf('a')?.dueAt, state?.dueAt);
    assert.deepEqual(store.states.stateOf('a')?.reading, reading());
    assert.equal(isClaimed('a'), false);
    assert.equal(store.requests.sentSince(ORIGIN, 'ample', 0).length, 1, 'reserved with the claim');
    assert.deepEqual(logLines, []);
  });

  it('say the first that ends', async () => {
    let letGo = (): void => undefined;
    const held = new Promise<void>(go => {
      letGo = go;
    });
    read = async context => {
      if (sent > 0) await held;
      else await call(context);
      return reading();
    };
    void start(due('a'));
    void start(due('b', { baseUrl: 'https://other.example' }));
    await checks.nextEnd();
    assert.equal(ended.length, 1);
    letGo();
    await checks.idle();
    assert.equal(ended.length, 2);
  });

  it('come at their exact time for a pinned key, and scattered for others', async () => {
    await start(due('pinned', { pinned: true }));
    await start(due('other'));
    // A tenth of five minutes, at most half a minute.
    assert.deepEqual(
      ended.map(state => (state?.dueAt ?? 0) - NOW),
      [INTERVAL, INTERVAL + 30 * SECOND],
    );
  });

  describe('of one of many keys', () => {
    const dueAfter = async (more: Partial<PolledKey>, keyMore: { readonly pinned?: boolean } = {}) => {
      await start({ ...due('a', keyMore), ...more });
      return ((ended[0]?.dueAt ?? 0) - NOW) / SECOND;
    };
    beforeEach(() => {
      dueTimes = [NOW + INTERVAL + 30 * SECOND];
      chance = 0;
    });

    // After a third of the interval; the beginning of the jitter is a tenth before its end.
    it('come at a moment of the interval', async () =>
      assert.equal(await dueAfter({ isOneOfMany: true }), 100));
    it('come after the interval where the limiter is crowded, since calls are paced there', async () =>
      assert.equal(await dueAfter({ isOneOfMany: true, isSaturated: true }), 270));
    it('come after the interval for a pinned key', async () =>
      assert.equal(await dueAfter({ isOneOfMany: true }, { pinned: true }), 300));
    it('come after the interval where there are few', async () => assert.equal(await dueAfter({}), 270));

    describe('beside one of another gateway that is due 20 s after the interval', () => {
      beforeEach(() => {
        dueElsewhere = [NOW + INTERVAL + 20 * SECOND];
      });

      it('come together with it', async () => assert.equal(await dueAfter({}), 320));
      it('come when they would where the limiter is crowded', async () =>
        assert.equal(await dueAfter({ isOneOfMany: true, isSaturated: true }), 270));
      it('come exactly after the interval for a pinned key', async () =>
        assert.equal(await dueAfter({}, { pinned: true }), 300));
    });

    it('come apart from the others after the first', async () => {
      chance = 1;
      await start({ ...due('a'), isOneOfMany: true });
      clock.jump(INTERVAL);
      store.transaction(() => store.states.setDue('a', clock.now()));
      dueTimes = [clock.now() + INTERVAL + 30 * SECOND];
      const entry = { ...due('b'), isOneOfMany: true };
      await start({ ...entry, key: { ...entry.key, id: 'a' } });
      assert.equal((ended[1]?.dueAt ?? 0) - clock.now(), INTERVAL - 30 * SECOND);
    });
  });

  it('log a failure once', async () => {
    read = async () => {
      throw failed('transient', 'timeout');
    };
    await start(due('a'));
    assert.deepEqual(logLines, ['“a”: transient (timeout)']);
    assert.equal(ended[0]?.failures, 1);
  });

  it('log a failure in the words that the log has', async () => {
    read = async () => {
      throw failed('transient', 'timeout');
    };
    log.failureWords = ({ reason }) => `no answer: ${reason}`;
    await start(due('a'));
    assert.deepEqual(logLines, ['“a”: no answer: timeout']);
  });

  describe('of several calls', () => {
    /** Lets so many seconds pass before each call after the first. */
    const readWith = (...seconds: readonly number[]) => {
      read = async context => {
        await call(context);
        for (const each of seconds) {
          clock.jump(each * SECOND);
          await call(context);
        }
        return reading();
      };
    };

    it('keep their claim for as long as each call may last', async () => {
      // Seven of ten seconds are left, which is less than a call and three seconds.
      readWith(3, 9, 9);
      await start(due('a'));
      assert.equal(sent, 4);
      assert.equal(ended[0]?.checkedAt, NOW + 21 * SECOND);
    });

    it('leave it alone while there is time enough', async () => {
      readWith(2);
      const reading1 = read;
      let isProlonged: boolean | undefined;
      read = async context => {
        const result = await reading1(context);
        isProlonged = isClaimed('a', CLAIM);
        return result;
      };
      await start(due('a'));
      assert.equal(isProlonged, false);
    });

    for (const [what, seconds] of [
      ['while it stood', 1],
      ['near its end', 4],
      ['after its end', 11],
    ] as const) {
      it(`stop where another window has the key, ${what}`, async () => {
        read = async context => {
          await call(context);
          clock.jump(seconds * SECOND);
          takeOver('a');
          await call(context);
          return reading();
        };
        await start(due('a'));
        assert.equal(sent, 1);
        assert.deepEqual(ended, [undefined]);
        assert.equal(store.states.stateOf('a')?.checkedAt, undefined);
        assert.equal(isClaimed('a', seconds * SECOND), true, 'the other one’s claim stands');
        assert.deepEqual(logLines, []);
      });
    }
  });

  it('whose answer comes after another window took over change nothing', async () => {
    read = async context => {
      await call(context);
      takeOver('a');
      return reading();
    };
    await start(due('a'));
    assert.deepEqual(ended, [undefined]);
    assert.equal(store.states.stateOf('a')?.checkedAt, undefined);
    assert.deepEqual(logLines, []);
  });

  it('note how far the clock is ahead of the gateway’s, where it is', async () => {
    const ahead = async (ms: number | undefined, id: string) => {
      headers = new Headers(ms === undefined ? {} : { date: new Date(NOW - ms).toUTCString() });
      await start(due(id));
      return ended.at(-1)?.reading ?? assert.fail();
    };
    assert.equal((await ahead(HOUR, 'a')).clockAheadMs, HOUR);
    assert.ok(!('clockAheadMs' in (await ahead(0, 'b'))));
    assert.ok(!('clockAheadMs' in (await ahead(undefined, 'c'))));
    // The figures of a reading that continues the last one, before the clock was put right.
    read = async context => {
      await call(context);
      return reading({ clockAheadMs: 400 * DAY });
    };
    assert.ok(!('clockAheadMs' in (await ahead(0, 'd'))));
  });

  it('keep how far the clock is ahead where an answer does not tell, until one does', async () => {
    const entry = due('a');
    const ahead = async (told: Record<string, string>) => {
      headers = new Headers(told);
      store.transaction(() => store.states.setDue('a', NOW));
      await start(entry);
      const { clockAheadMs, clockDriftMs } = ended.at(-1)?.reading ?? assert.fail();
      return clockAheadMs ?? clockDriftMs;
    };
    for (const ms of [HOUR, -7 * MINUTE]) {
      const date = new Date(NOW - ms).toUTCString();
      assert.deepEqual(
        [await ahead({ date }), await ahead({}), await ahead({ date, age: '60' })],
        [ms, ms, ms],
      );
    }
    assert.equal(await ahead({ date: new Date(NOW).toUTCString() }), undefined);
    assert.equal(await ahead({}), undefined);
  });

  it('whose secret has gone meanwhile ask nothing, and free the key', async () => {
    const entry = due('a');
    lookup = () => 'missing';
    await start(entry);
    assert.deepEqual([sent, ended, logLines], [0, [undefined], []]);
    assert.equal(isClaimed('a'), false);
  });

  it('that break off free the key, and say so', async () => {
    read = async () => {
      throw new NotSavedError('locked');
    };
    await start(due('a'));
    assert.deepEqual(ended, [undefined]);
    assert.deepEqual(logLines, [
      'A check of “a” broke off: NotSavedError: The database did not keep it: locked',
    ]);
    assert.equal(isClaimed('a'), false);
  });

  it('that break off are made again after a while, not at once', async () => {
    read = async () => {
      throw new NotSavedError('locked');
    };
    await start(due('a'));
    assert.equal(store.states.stateOf('a')?.dueAt, NOW + 15_000);
  });

  it('that cannot even free the key go on, and say so', async () => {
    read = async () => {
      store.transaction = () => {
        throw new NotSavedError('locked');
      };
      throw new NotSavedError('locked');
    };
    await start(due('a'));
    assert.equal(checks.running('a'), undefined);
    assert.match(logLines[0] ?? '', /^The claim on “a” could not be given back: /);
  });

  it('are called off without a word, and free their keys', async () => {
    read = async context => {
      checks.dispose();
      await call(context);
      return reading();
    };
    await start(due('a'));
    assert.deepEqual([ended, logLines], [[undefined], []]);
    assert.equal(isClaimed('a'), false);
    assert.equal(store.states.stateOf('a')?.checkedAt, undefined);
  });
});
