import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { staleAfter } from '../../../../src/core/quota/freshness.ts';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type { Warning } from '../../../../src/core/warnings/warning.ts';
import { WARNING_KINDS } from '../../../../src/core/warnings/warning.ts';
import type { WarningRules } from '../../../../src/core/warnings/warningRules.ts';
import { Emitter } from '../../../../src/services/emitter.ts';
import { WarningService } from '../../../../src/services/warnings/warningService.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { HOUR, MINUTE, NOW } from '../../support/samples.ts';
import { checkedKey, keyWith, RULES } from '../../support/warnings.ts';

const SECOND = 1000;
/** Warnings of a moment are gathered for so long; without focus, other windows go first. */
const DEBOUNCE = 2.5 * SECOND;
const UNFOCUSED_DELAY = 5 * SECOND;

describe('the evaluation of warnings', () => {
  let clock: ManualClock;
  let store: SqliteStore;
  let snapshot: readonly KeyState[];
  let changed: Emitter<readonly KeyState[]>;
  let focused: boolean;
  let gotFocus: Emitter<void>;
  let rules: WarningRules;
  let shown: string[];
  let logLines: string[];
  let service: WarningService | undefined;
  /** How often rules were evaluated for all keys. */
  let evaluations: number;

  beforeEach(() => {
    clock = new ManualClock(NOW);
    store = new SqliteStore(tempFolder(), NOW);
    const view = store.view.bind(store);
    evaluations = 0;
    store.view = work => {
      evaluations++;
      return view(work);
    };
    snapshot = [];
    changed = new Emitter();
    focused = true;
    gotFocus = new Emitter();
    rules = RULES;
    shown = [];
    logLines = [];
  });

  afterEach(() => {
    service?.dispose();
    service = undefined;
    store.close();
    removeTempFolders();
  });

  function start(): void {
    const activity = {
      get focused() {
        return focused;
      },
      onDidFocus: gotFocus.event,
    };
    service = new WarningService({
      store,
      monitor: {
        get snapshot() {
          return snapshot;
        },
        onDidChange: changed.event,
        staleAfterMs: () => staleAfter(5 * MINUTE),
      },
      clock,
      activity,
      muteService: { pausedUntil: undefined, onDidChange: () => ({ dispose: () => undefined }) },
      rules: () => rules,
      log: { warn: line => logLines.push(line) },
      show: (warnings: readonly Warning[]) =>
        shown.push(warnings.map(({ key, kind, threshold }) => `${key.id} ${kind} ${threshold}`).join(', ')),
    });
  }
  /** Saves keys as they are now, and returns them. */
  function save(...keys: readonly KeyState[]): readonly KeyState[] {
    store.transaction(() => {
      for (const key of keys) {
        const { id, label, kind, origin: baseUrl, credential, pinned } = key;
        const record = { id, label, kind, baseUrl, credential, pinned };
        store.keys.addKey({ ...record, fingerprint: 'f1', createdAt: NOW - HOUR });
        const { failure } = key;
        store.states.saveState({
          keyId: id,
          failures: 0,
          reading: key.reading,
          failure: failure && { class: 'bad-key', reason: 'refused-key' },
          checkedAt: key.checkedAt === undefined ? undefined : Date.parse(key.checkedAt),
        });
      }
    });
    return keys;
  }
  const low = (id: string) => keyWith(4, clock.now(), { id });
  const refused = (id: string) =>
    checkedKey(clock.now(), {
      id,
      status: 'invalid',
      failure: { class: 'bad-key', message: 'refused', reason: 'refused-key' },
    });
  const change = (...keys: readonly KeyState[]) => {
    snapshot = save(...keys);
    changed.fire(snapshot);
  };

  it('comes by itself when the window opens', async () => {
    snapshot = save(low('a'));
    start();
    await clock.advance(DEBOUNCE - 1);
    assert.deepEqual(shown, []);
    await clock.advance(1);
    assert.deepEqual(shown, ['a low 5']);
  });

  it('is not put off by changes that come meanwhile', async () => {
    start();
    for (let count = 0; count < 5; count++) {
      change(low('a'));
      await clock.advance(DEBOUNCE / 5);
    }
    assert.deepEqual(shown, ['a low 5']);
  });

  it('comes sooner when the window gets focus', async () => {
    focused = false;
    snapshot = save(low('a'));
    start();
    await clock.advance(SECOND);
    focused = true;
    gotFocus.fire();
    await clock.advance(DEBOUNCE);
    assert.deepEqual(shown, ['a low 5']);
  });

  it('waits for the focused window in others', async () => {
    focused = false;
    snapshot = save(keyWith(0, NOW, { id: 'a' }));
    start();
    await clock.advance(UNFOCUSED_DELAY - 1);
    assert.deepEqual(shown, []);
    await clock.advance(1);
    assert.deepEqual(shown, ['a low 0']);
  });

  it('comes again as soon after another change', async () => {
    start();
    await clock.advance(DEBOUNCE);
    change(low('a'));
    await clock.advance(DEBOUNCE);
    assert.deepEqual(shown, ['a low 5']);
  });

  it('comes once a minute while nothing changes, however often something did', async () => {
    start();
    for (let count = 0; count < 3; count++) {
      change();
      await clock.advance(DEBOUNCE);
    }
    evaluations = 0;
    await clock.advance(10 * MINUTE);
    assert.equal(evaluations, 10);
  });

  it('ends with the window, whatever happens after', async () => {
    start();
    change(low('a'));
    service?.dispose();
    changed.fire(snapshot);
    gotFocus.fire();
    service?.evaluateSoon();
    await clock.advance(HOUR);
    assert.equal(evaluations, 0);
    assert.deepEqual(shown, []);
  });

  it('writes nothing where there is nothing to say', async () => {
    snapshot = save(keyWith(90, NOW, { id: 'a' }));
    store.transaction = () => assert.fail('A transaction for nothing.');
    start();
    await clock.advance(DEBOUNCE);
    assert.equal(evaluations, 1);
    assert.deepEqual(logLines, []);
  });

  it('of figures that another window has newer ones of says nothing', async () => {
    snapshot = save(low('a'), low('b'));
    const state = store.states.stateOf('a') ?? assert.fail();
    store.transaction(() => store.states.saveState({ ...state, checkedAt: NOW + 1 }));
    start();
    await clock.advance(DEBOUNCE);
    assert.deepEqual(shown, ['b low 5']);
  });

  it('of figures that were withdrawn meanwhile says nothing', async () => {
    snapshot = save(low('a'), low('b'));
    const state = store.states.stateOf('a') ?? assert.fail();
    store.transaction(() => store.states.saveState({ ...state, reading: undefined }));
    start();
    await clock.advance(DEBOUNCE);
    assert.deepEqual(shown, ['b low 5']);
  });

  it('of a key that another window has paused says nothing', async () => {
    snapshot = save(low('a'), low('b'));
    store.transaction(() => store.keys.setPaused('a', NOW));
    start();
    await clock.advance(DEBOUNCE);
    assert.deepEqual(shown, ['b low 5']);
  });

  it('of a failure that is this window’s own says nothing', async () => {
    snapshot = save(refused('a'), low('b'));
    const state = store.states.stateOf('a') ?? assert.fail();
    store.transaction(() => store.states.saveState({ ...state, failure: undefined }));
    start();
    await clock.advance(DEBOUNCE);
    assert.deepEqual(shown, ['b low 5']);
  });

  it('shows nothing while warnings are off, and what holds then once they are on', async () => {
    rules = { ...RULES, enabled: false };
    snapshot = save(low('a'));
    start();
    await clock.advance(DEBOUNCE);
    assert.deepEqual(shown, []);
    rules = RULES;
    await clock.advance(MINUTE);
    assert.deepEqual(shown, ['a low 5']);
  });

  it('of a key that was removed meanwhile keeps no warning of the others back', async () => {
    snapshot = save(low('gone'), low('a'));
    store.transaction(() => store.keys.removeKey('gone'));
    start();
    await clock.advance(DEBOUNCE);
    assert.deepEqual([shown, logLines], [['a low 5'], []]);
  });

  it('takes what was fired back once its key has enough again', async () => {
    start();
    change(low('a'));
    await clock.advance(DEBOUNCE);
    assert.ok(store.fired.firedOf('a').size > 0);
    await clock.advance(HOUR);
    change(keyWith(90, clock.now(), { id: 'a' }));
    await clock.advance(DEBOUNCE);
    assert.equal(store.fired.firedOf('a').has('low'), false, [...store.fired.firedOf('a').keys()].join());
  });

  describe('of a refused key', () => {
    it('says so once, and again for another secret', async () => {
      start();
      change(refused('a'));
      await clock.advance(DEBOUNCE);
      assert.deepEqual(shown, ['a refused 0']);
      await clock.advance(MINUTE);
      store.transaction(() => store.keys.setFingerprint('a', 'f2'));
      await clock.advance(MINUTE);
      assert.deepEqual(shown, ['a refused 0', 'a refused 0']);
    });

    it('says nothing that whoever added it has read already', async () => {
      const key = refused('a');
      snapshot = save(key);
      store.transaction(() => {
        const record = store.keys.findKey('a') ?? assert.fail();
        store.keys.removeKey('a');
        store.keys.addKey({ ...record, createdAt: NOW });
        store.states.saveState({
          keyId: 'a',
          failures: 1,
          failure: { class: 'bad-key', reason: 'refused-key' },
          checkedAt: NOW,
        });
      });
      start();
      await clock.advance(2 * MINUTE);
      assert.deepEqual(shown, []);
    });
  });

  describe('reads', () => {
    let reads: string[];

    beforeEach(() => {
      reads = [];
      const { history } = store;
      const daySpends = history.spendByDay.bind(history);
      history.spendByDay = (...args) => {
        reads.push('days');
        return daySpends(...args);
      };
      const currentSeries = history.currentSeries.bind(history);
      history.currentSeries = () => {
        reads.push('series');
        return currentSeries();
      };
      snapshot = save(keyWith(90, NOW, { id: 'a' }));
    });
    const readsFor = async (more: Partial<WarningRules>) => {
      rules = { ...RULES, ...more };
      start();
      await clock.advance(DEBOUNCE);
      return [...new Set(reads)];
    };

    it('the daily spend, by series, for warnings of that', async () => {
      assert.deepEqual(await readsFor({ kinds: new Set(['spend']) }), ['days', 'series']);
    });

    it('no daily spend where its factor says that no day is unusual', async () => {
      assert.deepEqual(await readsFor({ kinds: new Set(['spend']), spendFactor: 0 }), []);
    });

    it('series alone for warnings of a refill', async () => {
      assert.deepEqual(await readsFor({ kinds: new Set(['refill']) }), ['series']);
    });

    it('neither for other warnings', async () => {
      const others = WARNING_KINDS.filter(kind => kind !== 'spend' && kind !== 'refill');
      assert.deepEqual(await readsFor({ kinds: new Set(others) }), []);
    });
  });
});
