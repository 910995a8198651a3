import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CheckState } from '../../../src/core/ports/checkTables.ts';
import type { KeyRecord } from '../../../src/core/quota/key.ts';
import { SqliteStore } from '../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { at, DAY, MINUTE, NOW, quota, reading } from '../support/samples.ts';

const ORIGIN = 'https://gw.example';
const TEAM: KeyRecord = {
  id: 'id-1',
  label: 'Team 🚀 “quoted”',
  kind: 'newApi',
  baseUrl: ORIGIN,
  credential: 'accessToken',
  userId: '42',
  pausedAt: undefined,
  fingerprint: '0123456789abcdef',
  pinned: false,
  createdAt: NOW,
};

describe('the store', () => {
  let folder: string;
  let store: SqliteStore;

  beforeEach(() => {
    folder = tempFolder();
    store = new SqliteStore(folder, NOW);
    store.transaction(() => store.keys.addKey(TEAM));
  });

  afterEach(() => {
    store.close();
    removeTempFolders();
  });

  describe('transactions', () => {
    it('are undone whole when they throw', () => {
      const fault = new Error('half-way');
      assert.throws(
        () =>
          store.transaction(() => {
            store.keys.renameKey('id-1', 'Other');
            store.requests.addCall(ORIGIN, 'scarce', NOW);
            throw fault;
          }),
        fault,
      );
      assert.deepEqual(store.keys.allKeys(), [TEAM]);
      assert.deepEqual(store.requests.sentSince(ORIGIN, 'scarce', 0), []);
    });

    it('return what their work returns', () => {
      const seven = store.transaction(() => 7);
      assert.equal(seven, 7);
    });

    it('an inner one is part of the outer', () => {
      assert.throws(() =>
        store.transaction(() => {
          store.transaction(() => store.keys.renameKey('id-1', 'Other'));
          throw new Error('x');
        }),
      );
      assert.equal(store.keys.allKeys()[0]?.label, TEAM.label);
    });
  });

  describe('keys', () => {
    it('of one and the same moment stay in the order they were added', () => {
      const ids = ['z', 'm', 'a'];
      store.transaction(() => {
        for (const id of ids) store.keys.addKey({ ...TEAM, id });
      });
      assert.deepEqual(
        store.keys.allKeys().map(({ id }) => id),
        ['id-1', ...ids],
      );
    });

    it('come back as they were put, in the order they were added', () => {
      const second = { ...TEAM, id: 'id-0', userId: undefined, pinned: true, createdAt: NOW + 1 };
      store.transaction(() => store.keys.addKey(second));
      assert.deepEqual(store.keys.allKeys(), [TEAM, second]);
    });

    it('of one site are those of its kind and its origin, in the order they were added', () => {
      const others = {
        b: {},
        a: {},
        kind: { kind: 'aioHub' },
        baseUrl: { baseUrl: 'https://other.example' },
      };
      store.transaction(() => {
        for (const [id, more] of Object.entries(others)) store.keys.addKey({ ...TEAM, id, ...more });
      });
      assert.deepEqual(
        store.keys.keysOfSite(TEAM.kind, TEAM.baseUrl).map(({ id }) => id),
        ['id-1', 'b', 'a'],
      );
    });

    it('one that is there already stays as it is', () => {
      store.transaction(() => store.keys.addKey({ ...TEAM, label: 'Other' }));
      assert.deepEqual(store.keys.allKeys(), [TEAM]);
    });

    it('can be renamed, pinned and given another fingerprint', () => {
      store.transaction(() => {
        store.keys.renameKey('id-1', 'CI');
        store.keys.pinKey('id-1', true);
        store.keys.setFingerprint('id-1', 'fedcba9876543210');
      });
      const changed = { ...TEAM, label: 'CI', pinned: true, fingerprint: 'fedcba9876543210' };
      assert.deepEqual(store.keys.allKeys(), [changed]);
    });

    it('keep a note, and a place that those without one come after', () => {
      store.transaction(() => {
        for (const id of ['b', 'c']) store.keys.addKey({ ...TEAM, id, fingerprint: id });
        store.keys.setOrder(['b', 'id-1']);
        store.keys.setNote('b', 'Lent by Ada');
      });
      assert.deepEqual(
        store.keys.allKeys().map(({ id, note }) => [id, note]),
        [
          ['b', 'Lent by Ada'],
          ['id-1', undefined],
          ['c', undefined],
        ],
      );
      assert.deepEqual(
        store.keys.keysOfSite(TEAM.kind, TEAM.baseUrl).map(({ id }) => id),
        ['b', 'id-1', 'c'],
      );
      store.transaction(() => store.keys.setNote('b', undefined));
      assert.equal(store.keys.findKey('b')?.note, undefined);
    });

    it('take all that hangs on them along', () => {
      store.transaction(() => {
        store.states.saveState({ keyId: 'id-1', failures: 0, dueAt: NOW });
        store.claims.saveClaim('id-1', 'token', NOW + MINUTE);
        store.keys.removeKey('id-1');
      });
      assert.deepEqual(store.keys.allKeys(), []);
      assert.deepEqual(store.states.allStates(), []);
      assert.equal(store.claims.isHeldBy('id-1', 'token', NOW), false);
    });
  });

  describe('states', () => {
    const FULL: CheckState = {
      keyId: 'id-1',
      reading: reading({
        name: 'a "quoted" 名',
        unit: { code: 'CUSTOM', symbol: '₽', source: 'setting' },
        quota: quota(-0.000024, 0.3),
        expiresAt: at(DAY),
        models: ['gpt-4.1', '__proto__'],
        budget: { spent: 1.23, limit: null },
        windows: [
          { name: '5h', unit: 'percent', used: 88, resetsAt: at(DAY), every: '5h' },
          { name: 'total', scope: 'team', scopeName: '“Core”', unit: 'money', limit: null, used: 3 },
          { name: 'day', unit: 'requests', limit: 200, remaining: -1 },
        ],
      }),
      failure: { class: 'rate-limited', reason: 'too-many-requests', status: 429, retryAfterMs: 1_200_000 },
      forecast: { perDay: 0.5, confidence: 'fair' },
      memory: {
        limit: 5_000_000,
        used: 100_000,
        left: 4_900_000,
        limitAt: NOW - MINUTE,
        detailsAt: NOW - DAY,
        refusal: 'used-up',
        meaning: { class: 'disabled', reason: 'key-disabled' },
      },
      checkedAt: NOW,
      unchangedSince: NOW - 20 * MINUTE,
      readFrom: 'account',
      failures: 3,
      dueAt: NOW + 5 * MINUTE,
    };
    const BARE: CheckState = {
      keyId: 'id-1',
      reading: undefined,
      failure: undefined,
      forecast: undefined,
      memory: undefined,
      checkedAt: undefined,
      unchangedSince: undefined,
      failures: 0,
      readFrom: undefined,
      dueAt: undefined,
    };

    it('come back as they were put, after the window was closed too', () => {
      store.transaction(() => store.states.saveState(FULL));
      assert.deepEqual(store.states.stateOf('id-1'), FULL);
      store.close();
      store = new SqliteStore(folder, NOW);
      assert.deepEqual(store.states.allStates(), [FULL]);
    });

    it('hold nothing that was not put', () => {
      store.transaction(() => {
        store.states.saveState(FULL);
        store.states.saveState({ keyId: 'id-1', failures: 0 });
      });
      assert.deepEqual(store.states.stateOf('id-1'), BARE);
      assert.equal(store.states.stateOf('nobody'), undefined);
    });

    it('belong to a key that exists', () => {
      assert.throws(
        () => store.transaction(() => store.states.saveState({ ...BARE, keyId: 'nobody' })),
        /FOREIGN KEY/,
      );
    });
  });

  describe('the request log', () => {
    it('tells the calls of one limiter of one origin, oldest first', () => {
      store.transaction(() => {
        for (const ago of [1, 3, 2]) store.requests.addCall(ORIGIN, 'scarce', NOW - ago * MINUTE);
        store.requests.addCall(ORIGIN, 'general', NOW);
        store.requests.addCall('https://other.example', 'scarce', NOW);
      });
      const sent = store.requests.sentSince(ORIGIN, 'scarce', NOW - 3 * MINUTE);
      assert.deepEqual(sent, [NOW - 2 * MINUTE, NOW - MINUTE]);
    });

    it('a shorter hold never shortens a longer one', () => {
      const hold = (until: number) =>
        store.transaction(() => store.requests.holdLimiter(ORIGIN, 'scarce', until, NOW));
      assert.equal(store.requests.heldUntil(ORIGIN, 'scarce'), undefined);
      hold(NOW + 5);
      hold(NOW + 3);
      assert.equal(store.requests.heldUntil(ORIGIN, 'scarce'), NOW + 5);
      hold(NOW + 9);
      assert.equal(store.requests.heldUntil(ORIGIN, 'scarce'), NOW + 9);
      assert.equal(store.requests.heldUntil(ORIGIN, 'general'), undefined);
    });
  });

  it('sites keep the last good answer when there is a new one without content', () => {
    store.transaction(() => store.sites.saveSite(ORIGIN, '{"name":"x"}', NOW));
    store.transaction(() => store.sites.saveSite(ORIGIN, undefined, NOW + 1));
    assert.deepEqual(store.sites.siteOf(ORIGIN), { site: '{"name":"x"}', askedAt: NOW + 1 });
    store.transaction(() => store.sites.expireSite(ORIGIN));
    assert.deepEqual(store.sites.siteOf(ORIGIN), { site: '{"name":"x"}', askedAt: 0 });
    assert.equal(store.sites.siteOf('https://other.example'), undefined);
  });

  it("another window's writing shows, and one's own does not", () => {
    const other = new SqliteStore(folder, NOW);
    const version = store.dataVersion;
    store.transaction(() => store.keys.renameKey('id-1', 'mine'));
    assert.equal(store.dataVersion, version);
    other.transaction(() => other.keys.renameKey('id-1', 'theirs'));
    assert.notEqual(store.dataVersion, version);
    assert.equal(store.keys.allKeys()[0]?.label, 'theirs');
    other.close();
  });
});
