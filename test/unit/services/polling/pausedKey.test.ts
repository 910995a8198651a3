import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { gatewayOf } from '../../../../src/gateways/registry.ts';
import { claimKey } from '../../../../src/services/requests/claim.ts';
import { askKeys } from '../../../../src/services/usage/askKeys.ts';
import { createReview } from '../../../../src/services/usage/budgetReview.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { budgetParts } from '../../support/budgetParts.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { DAY, HOUR, MINUTE } from '../../support/samples.ts';
import { TestWindow } from '../../support/testWindow.ts';
import { until } from '../../support/until.ts';

const SECOND = 1000;

describe('a key whose checks are paused', () => {
  let clock: ManualClock;
  let gateway: SampleGateway;
  let folder: string;
  let storage: MemorySecrets;
  let windows: TestWindow[];
  let mine: TestWindow;
  let id: string;
  let pausedAt: number;

  const openWindow = async () => {
    const opened = new TestWindow({ clock, folder, storage });
    windows.push(opened);
    await opened.monitor.start();
    return opened;
  };
  const closeWindow = async (closed: TestWindow) => {
    windows = windows.filter(each => each !== closed);
    await closed.close();
  };
  const wait = (ms: number) => advanceWindows(ms, clock, ...windows);
  const recordOf = (window: TestWindow, keyId = id) => {
    const record = window.keyService.findById(keyId);
    assert.ok(record);
    return record;
  };
  /** How many calls the gateway gets with the key's secret while `work` runs. */
  const callsDuring = async (work: () => Promise<unknown>, handle = 'ok') => {
    const before = gateway.calls.length;
    await work();
    return gateway.calls.slice(before).filter(({ key }) => key === handle).length;
  };

  beforeEach(async () => {
    clock = new ManualClock();
    gateway = await startSampleGateway({ clock: clock.now });
    folder = tempFolder();
    storage = new MemorySecrets();
    windows = [];
    mine = await openWindow();
    id = await mine.addKey(gateway, 'ok');
    await wait(6 * MINUTE);
    assert.equal(mine.keyState(id).status, 'ok');
    await mine.keyService.checks.pause(recordOf(mine));
    pausedAt = clock.now();
  });

  afterEach(async () => {
    for (const window of windows) await window.close();
    await gateway.close();
    removeTempFolders();
  });

  it('says so in the public shape, and keeps its reading', () => {
    const { nextCheckAt, failure, reading, status } = mine.keyState(id);
    assert.equal(nextCheckAt, undefined);
    assert.equal(failure?.class, 'paused');
    assert.equal(failure?.retryAt, undefined);
    assert.match(failure?.message ?? '', /^Checks of “ok” have been paused since .*Resume Key Checks\.$/);
    assert.deepEqual([status, reading?.quota?.remaining], ['ok', 0.2]);
  });

  it('is not polled for days, and its figure grows old', async () => {
    assert.equal(await callsDuring(() => wait(2 * DAY)), 0);
    const { status, reading } = mine.keyState(id);
    assert.equal(status, 'stale');
    assert.ok(Date.parse(reading?.takenAt ?? '') <= pausedAt);
  });

  it('is polled in no other window, and not after a restart', async () => {
    const other = await openWindow();
    assert.equal(other.keyState(id).failure?.class, 'paused');
    await closeWindow(mine);
    assert.equal(await callsDuring(() => wait(HOUR)), 0);
    await closeWindow(other);
    const restarted = await openWindow();
    assert.equal(await callsDuring(() => wait(HOUR)), 0);
    assert.equal(restarted.keyState(id).failure?.class, 'paused');
  });

  it('is left out when all are refreshed, or it is among several', async () => {
    const siteAskedAt = () => mine.store.sites.siteOf(gateway.origin)?.askedAt;
    const before = siteAskedAt();
    await mine.monitor.refresh();
    assert.ok(before);
    assert.equal(siteAskedAt(), before, 'of its site nothing is asked either');
    const other = await mine.addKey(gateway, 'low');
    await wait(MINUTE);
    assert.equal(await callsDuring(() => mine.monitor.refresh()), 0);
    assert.equal(await callsDuring(() => mine.monitor.refresh([id, other])), 0);
  });

  it('is asked once when it alone is refreshed by a person, and stays paused', async () => {
    await wait(HOUR);
    assert.ok((await callsDuring(() => mine.monitor.refresh([id], { evenIfPaused: true }))) > 0);
    const { reading, failure, status } = mine.keyState(id);
    assert.deepEqual(
      [reading?.takenAt, failure?.class, status],
      [new Date(clock.now()).toISOString(), 'paused', 'ok'],
    );
    assert.equal(await callsDuring(() => wait(HOUR)), 0);
  });

  it('says when that one check failed', async () => {
    for (const { path } of [...gateway.calls]) gateway.setReply(`GET ${path}`, { status: 503, body: 'down' });
    await mine.monitor.refresh([id], { evenIfPaused: true });
    assert.match(
      mine.keyState(id).failure?.message ?? '',
      /The last check returned no figures: gateway error\.$/,
    );
  });

  it('cannot be claimed by a window that has not heard of the pause', () => {
    const { pausedAt: _, ...asBefore } = recordOf(mine);
    const newApi = gatewayOf('newApi');
    assert.ok(newApi);
    const claim = (more: object) =>
      claimKey(budgetParts(mine.store), asBefore, newApi, clock.now(), { lastsMs: MINUTE, ...more });
    assert.deepEqual(claim({ manual: true }), { refused: 'taken' });
    assert.ok('claim' in claim({ manual: true, evenIfPaused: true }));
  });

  it('sends nothing more of a check that is under way, whose answer is dropped', async () => {
    await mine.keyService.checks.resume(recordOf(mine));
    await wait(SECOND);
    const before = mine.keyState(id).reading?.takenAt;
    clock.jump(HOUR);
    gateway.setScenario('ok', { reply: { status: 200, body: '{}', delivery: { how: 'holdHeaders' } } });
    const checking = mine.monitor.refresh([id], { beyondBudget: true });
    await until(() => gateway.holds.size === 1);
    await mine.keyService.checks.pause(recordOf(mine));
    gateway.holds.release();
    await checking;
    const { reading, checkedAt, failure } = mine.keyState(id);
    assert.deepEqual([reading?.takenAt, checkedAt, failure?.class], [before, before, 'paused']);
    assert.doesNotMatch(failure?.message ?? '', /last check/);
  });

  it('takes no share of the calls from the others', async () => {
    const handles = ['a', 'b', 'c', 'd', 'e'];
    const scenarios = Object.fromEntries(handles.map(handle => [handle, {}]));
    const crowded = await startSampleGateway({ clock: clock.now, scenarios });
    const ids: string[] = [];
    for (const handle of handles) ids.push(await mine.addKey(crowded, handle));
    const staleAfter = () => new Set(ids.slice(1).map(each => mine.monitor.staleAfterMs(each)));
    // Ten calls in twenty minutes: each of five keys has one every ten minutes, each of four one every eight.
    assert.deepEqual(staleAfter(), new Set([25 * MINUTE]));
    await mine.keyService.checks.pause(recordOf(mine, ids[0]));
    assert.deepEqual(staleAfter(), new Set([20 * MINUTE]));
    await crowded.close();
  });

  it('is asked at once when its checks are resumed, and then as before', async () => {
    // By its interval it would be due in minutes.
    await wait(MINUTE);
    assert.ok(
      (await callsDuring(async () => {
        await mine.keyService.checks.resume(recordOf(mine));
        await wait(SECOND);
      })) > 0,
    );
    const { failure, status, nextCheckAt } = mine.keyState(id);
    assert.deepEqual([failure, status], [undefined, 'ok']);
    assert.ok(nextCheckAt);
    assert.ok((await callsDuring(() => wait(30 * MINUTE))) > 0);
  });

  it('is asked again with another secret', async () => {
    await mine.keyService.replaceSecret(recordOf(mine), gateway.secret('low'));
    assert.ok((await callsDuring(() => wait(MINUTE), 'low')) > 0);
    assert.notEqual(mine.keyState(id).failure?.class, 'paused');
  });

  it('leaves nothing behind when it is removed', async () => {
    await mine.keyService.remove(recordOf(mine));
    const again = await mine.addKey(gateway, 'ok');
    await wait(MINUTE);
    assert.equal(mine.keyState(again).failure, undefined);
  });

  it('is not asked for usage among others, which is told from what was recorded', async () => {
    const range = { from: clock.now() - HOUR, to: clock.now() };
    const keys = [recordOf(mine), recordOf(mine, await mine.addKey(gateway, 'low'))];
    const ask = (options: object) =>
      askKeys(mine, keys, range, () => undefined, new AbortController().signal, options);
    let answers: Awaited<ReturnType<typeof askKeys>> | undefined;
    assert.equal(
      await callsDuring(async () => {
        answers = await ask({});
      }),
      0,
    );
    const own = [...(answers?.reports ?? []), ...(answers?.missing ?? [])].find(({ keyId }) => keyId === id);
    assert.match(own?.note ?? '', /have been paused since/);
    assert.notEqual(own?.source, 'logs');
    assert.ok((await callsDuring(() => ask({ evenIfPaused: true }))) > 0);
  });

  for (const credential of ['apiKey', 'accessToken'] as const)
    it(`is not asked for a review, alone either, nor verified for it, as ${credential}`, async () => {
      const order = {
        keys: [{ ...recordOf(mine), credential }],
        range: { from: clock.now() - HOUR, to: clock.now() },
        reviewer: '',
        idleKeys: [],
      };
      const parts = {
        ...{ store: mine.store, keyRequests: mine.keyRequests, clock },
        settings: () => mine.settings,
      };
      let files: ReadonlyMap<string, string> | undefined;
      const review = async () => {
        files = await createReview(parts, order, () => undefined, new AbortController().signal);
      };
      assert.equal(await callsDuring(review), 0);
      const text = [...(files ?? [])].find(([name]) => name.startsWith('review'))?.[1] ?? '';
      assert.match(text, /Checks of “ok” have been paused since/);
    });
});
