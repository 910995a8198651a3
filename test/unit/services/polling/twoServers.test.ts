import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { baseUrlOf } from '../../../../src/core/input/baseUrl.ts';
import { servedKeyId } from '../../../../src/core/team/servedKey.ts';
import { teamKeyId } from '../../../../src/core/team/teamAnswer.ts';
import { secretFor } from '../../../sampleGateways/secrets.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { removeTempFolders } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { DAY, MINUTE } from '../../support/samples.ts';
import { ServedAnswers } from '../../support/servedAnswers.ts';
import { TestWindow } from '../../support/testWindow.ts';

describe('a key of two servers with one salt', () => {
  let clock: ManualClock;
  let one: ServedAnswers;
  let two: ServedAnswers;
  let window: TestWindow;

  beforeEach(async () => {
    clock = new ManualClock();
    [one, two] = [await ServedAnswers.start(clock.now), await ServedAnswers.start(clock.now)];
    window = new TestWindow({ clock });
    await window.monitor.start();
    tell(one, 0.2);
    tell(two, 0.3);
    await add('One', one);
    await wait(2 * MINUTE);
    await add('Two', two);
    await wait(2 * MINUTE);
  });
  afterEach(async () => {
    await window.close();
    await one.close();
    await two.close();
    removeTempFolders();
  });

  const wait = (ms: number) => advanceWindows(ms, clock, window);
  const add = (label: string, { origin }: ServedAnswers) =>
    window.keyService.add({
      ...{ label, kind: 'teamServer', baseUrl: baseUrlOf({ origin }), credential: 'accessToken' },
      secret: secretFor(`reader of ${label}`),
    });
  /** Of 1.00 a server says that so much is used, as it was told some time ago. */
  function tell(server: ServedAnswers, used: number, agoMs = 0, id = 'a1'): void {
    const takenAt = new Date(clock.now() - agoMs).toISOString();
    const quota = { unlimited: false, granted: 1, used, remaining: 1 - used };
    const reading = { takenAt, unit: { code: 'USD' }, expiresAt: null, quota };
    const nextCheckAt = new Date(clock.now() + 9 * MINUTE).toISOString();
    server.keys = [{ id, label: 'ML', checkedAt: takenAt, nextCheckAt, reading }];
  }
  const named = (label: string) =>
    window.monitor.snapshot
      .filter(key => key.label === label)
      .map(({ id }) => window.keyService.findById(id));
  const lines = () =>
    window.monitor.snapshot
      .filter(({ kind, via }) => kind === 'teamServer' && via !== undefined)
      .map(({ label, via, status, reading }) => [label, via, status, reading?.quota?.used]);

  it('is one line, as the first of them tells', () => {
    assert.deepEqual(lines(), [['ML', 'One', 'ok', 0.2]]);
  });

  it('has the figures of the other one while the first is silent, and keeps its line', async () => {
    const [record] = named('ML');
    await window.keyService.pin(record ?? assert.fail(), true);
    one.isSilent = true;
    await wait(10 * MINUTE);
    tell(two, 0.4);
    await wait(10 * MINUTE);
    assert.deepEqual(lines(), [['ML', 'Two', 'ok', 0.4]]);
    assert.deepEqual([named('ML')[0]?.id, named('ML')[0]?.pinned], [record?.id, true]);
    one.isSilent = false;
    await wait(20 * MINUTE);
    tell(one, 0.5);
    await wait(6 * MINUTE);
    assert.deepEqual(lines(), [['ML', 'One', 'ok', 0.5]]);
  });

  it('stays in its line where the first omits it: as the other tells, and for a week where neither does', async () => {
    const [record] = named('ML');
    await window.keyService.pin(record ?? assert.fail(), true);
    one.keys = [];
    await wait(6 * MINUTE);
    tell(two, 0.4);
    await wait(6 * MINUTE);
    assert.deepEqual(lines(), [['ML', 'Two', 'ok', 0.4]]);
    assert.deepEqual([named('ML')[0]?.id, named('ML')[0]?.pinned], [record?.id, true]);
    two.keys = [];
    await wait(12 * MINUTE);
    const told = () => window.monitor.snapshot.filter(({ label }) => label === 'ML');
    assert.deepEqual(
      told().map(({ via, failure, reading }) => [via, failure?.class, reading?.quota?.used]),
      [['One', 'transient', 0.4]],
    );
    tell(one, 0.5);
    await wait(6 * MINUTE);
    assert.deepEqual(lines(), [['ML', 'One', 'ok', 0.5]]);
    one.keys = [];
    await wait(6 * MINUTE);
    clock.jump(7 * DAY);
    await wait(6 * MINUTE);
    assert.deepEqual(lines(), []);
  });

  it('has no figures of the other one that are older', async () => {
    tell(one, 0.5);
    await wait(6 * MINUTE);
    one.isSilent = true;
    await wait(6 * MINUTE);
    tell(two, 0.4, 20 * MINUTE);
    await wait(6 * MINUTE);
    assert.deepEqual(
      lines().map(([label, via, , used]) => [label, via, used]),
      [['ML', 'One', 0.5]],
    );
  });

  it('loses the second of two lines that two windows wrote at once, and the first one goes on', async () => {
    const [first] = named('ML');
    const [second] = named('Two');
    const id = servedKeyId(second?.id ?? '', 'a1');
    one.isSilent = true;
    await wait(6 * MINUTE);
    window.store.transaction(() =>
      window.store.keys.addKey({
        ...(first ?? assert.fail()),
        id,
        baseUrl: second?.baseUrl ?? assert.fail(),
      }),
    );
    tell(two, 0.4);
    for (let minute = 0; minute < 10 && window.store.keys.findKey(id); minute++) await wait(MINUTE);
    assert.equal(window.store.keys.findKey(id), undefined);
    await window.monitor.reload();
    // By the same answer, and not only by the one after it.
    assert.deepEqual(lines(), [['ML', 'Two', 'ok', 0.4]]);
  });

  it('stays when the first one is removed, as the other tells', async () => {
    const [record] = named('One');
    await window.keyService.remove(record ?? assert.fail());
    await wait(6 * MINUTE);
    assert.deepEqual(lines(), [['ML', 'Two', 'ok', 0.3]]);
  });

  it('of one’s own is read from the other one while the first is silent, and not asked from here', async () => {
    const gateway: SampleGateway = await startSampleGateway({
      clock: clock.now,
      scenarios: 'none',
      accounts: [{ name: 'team', keys: { work: { holds: { remain: 400_000, used: 100_000 } } } }],
    });
    try {
      const id = await window.addKey(gateway, 'work');
      const idThere = teamKeyId('the salt', gateway.origin, gateway.secret('work'));
      const told = (server: ServedAnswers, used: number) => tell(server, used, 0, idThere);
      await wait(MINUTE);
      told(one, 0.21);
      told(two, 0.21);
      await wait(6 * MINUTE);
      assert.deepEqual([window.monitor.snapshot.length, window.keyState(id).readFrom?.label], [3, 'One']);
      const calls = gateway.calls.length;
      one.isSilent = true;
      await wait(6 * MINUTE);
      told(two, 0.22);
      await wait(12 * MINUTE);
      assert.deepEqual(
        [window.keyState(id).readFrom?.label, window.keyState(id).reading?.quota?.used],
        ['Two', 0.22],
      );
      assert.equal(gateway.calls.length, calls);
    } finally {
      await gateway.close();
    }
  });
});
