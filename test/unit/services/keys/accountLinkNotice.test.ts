import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { Emitter } from '../../../../src/services/emitter.ts';
import { AccountLinkNotice } from '../../../../src/services/keys/accountLinkNotice.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { keyState, NOW } from '../../support/samples.ts';

describe('the notice that keys are read from their account', () => {
  let store: SqliteStore;
  let told: string[][];
  let notices: AccountLinkNotice[];

  beforeEach(() => {
    store = new SqliteStore(tempFolder(), NOW);
    told = [];
    notices = [];
    const common = { kind: 'newApi', baseUrl: 'https://gw.example', pinned: false, createdAt: NOW };
    store.transaction(() => {
      for (const id of ['one', 'two'])
        store.keys.addKey({ ...common, id, label: id, fingerprint: id, credential: 'apiKey' });
      store.keys.addKey({
        ...common,
        id: 'team',
        label: 'team',
        fingerprint: 't',
        credential: 'accessToken',
      });
    });
  });

  afterEach(() => {
    for (const notice of notices) notice.dispose();
    store.close();
    removeTempFolders();
  });

  function openWindow(focused: boolean) {
    const changed = new Emitter<never[]>();
    const focus = new Emitter<void>();
    const activity = { focused, onDidFocus: focus.event };
    let snapshot = [keyState({ id: 'one' })];
    notices.push(
      new AccountLinkNotice({
        store,
        monitor: {
          get snapshot() {
            return snapshot;
          },
          onDidChange: changed.event,
        } as never,
        activity,
        clock: new ManualClock(),
        log: { warn: () => assert.fail() },
        show: ({ account, keys }) => told.push([account.label, ...keys.map(({ label }) => label)]),
      }),
    );
    return {
      link(...ids: readonly string[]) {
        store.transaction(() => {
          for (const id of ids) store.accountLinks.saveLink(id, 'team', NOW);
        });
        const readFrom = { id: 'team', label: 'team' };
        snapshot = ids.map(id => keyState({ id, readFrom }));
        changed.fire([]);
      },
      gainFocus() {
        activity.focused = true;
        focus.fire();
      },
    };
  }

  it('names all that were found together, once', () => {
    const window = openWindow(true);
    assert.deepEqual(told, []);
    window.link('one', 'two');
    window.link('one', 'two');
    assert.deepEqual(told, [['team', 'one', 'two']]);
  });

  it('is shown in no other window, and not after a restart', () => {
    openWindow(true).link('one');
    openWindow(true).link('one');
    assert.deepEqual(told, [['team', 'one']]);
  });

  it('waits for a window to have focus', () => {
    const window = openWindow(false);
    window.link('one');
    assert.deepEqual(told, []);
    window.gainFocus();
    assert.deepEqual(told, [['team', 'one']]);
  });

  it('says nothing of a key that is gone meanwhile', () => {
    const window = openWindow(false);
    window.link('one');
    store.transaction(() => store.keys.removeKey('one'));
    window.gainFocus();
    assert.deepEqual(told, []);
  });
});
