import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Settings } from '../../../../src/core/ports/settings.ts';
import { SnapshotPublisher } from '../../../../src/services/polling/snapshotPublisher.ts';
import { SnapshotStore } from '../../../../src/services/polling/snapshotStore.ts';
import { LimiterHolds } from '../../../../src/services/requests/limiterHolds.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { askedBefore } from '../../support/askedBefore.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { keyRecord, NOW, quota, reading } from '../../support/samples.ts';
import { SETTINGS } from '../../support/testWindow.ts';

describe('a review of many keys', () => {
  let clock: ManualClock;
  let store: SqliteStore;
  let settings: Settings;
  let publisher: SnapshotPublisher;
  let published: string[][];

  beforeEach(() => {
    clock = new ManualClock(NOW);
    store = askedBefore(new SqliteStore(tempFolder(), NOW));
    settings = SETTINGS;
    const snapshotStore = new SnapshotStore(store, () => settings, new LimiterHolds(store));
    store.transaction(() => {
      for (const id of ['a', 'b']) {
        store.keys.addKey(keyRecord(id, { baseUrl: `https://${id}.example` }));
        // 75 per cent are left.
        const state = { failures: 0, reading: reading({ quota: quota(15, 20) }), checkedAt: NOW, dueAt: NOW };
        store.states.saveState({ keyId: id, ...state });
      }
    });
    snapshotStore.reload(NOW);
    publisher = new SnapshotPublisher({ snapshotStore, clock, obstaclesAt: () => new Map() });
    publisher.publish();
    settings = { ...SETTINGS, low: { percent: 80, amounts: {} } };
    published = [];
    publisher.onDidChange(snapshot => published.push(snapshot.map(({ status }) => status)));
  });

  afterEach(() => {
    store.close();
    removeTempFolders();
  });

  it('is told once it is complete', async () => {
    await publisher.reviewInSlices();
    assert.deepEqual(published, [['low', 'low']]);
  });

  it('is not due again while it is under way', async () => {
    assert.equal(publisher.isReviewDue(clock.now()), true);
    const review = publisher.reviewInSlices();
    assert.equal(publisher.isReviewDue(clock.now()), false);
    await review;
  });

  it('ends with the window', async () => {
    publisher.dispose();
    store.close();
    await publisher.reviewInSlices();
    await turn();
    assert.deepEqual(published, []);
  });
});
