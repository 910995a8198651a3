import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { teamKeyId } from '../../../../src/core/team/teamAnswer.ts';
import { secretFor } from '../../../sampleGateways/secrets.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { removeTempFolders } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { HOUR, MINUTE } from '../../support/samples.ts';
import { ServedAnswers } from '../../support/servedAnswers.ts';
import { TestWindow } from '../../support/testWindow.ts';

describe('a key of one’s own that a server watches', () => {
  let clock: ManualClock;
  let gateway: SampleGateway;
  let server: ServedAnswers;
  let window: TestWindow;
  let id: string;
  let team: string;

  const wait = (ms: number) => advanceWindows(ms, clock, window);
  const state = () => window.keyState(id);
  const record = (of = id) => window.keyService.findById(of) ?? assert.fail();
  const iso = (ms: number) => new Date(ms).toISOString();
  /** Of 1.00 it has used so much, as the server was told a minute ago; it asks every ten minutes. */
  function told(used: number, more: object = {}): void {
    const takenAt = iso(clock.now() - MINUTE);
    const key = {
      id: teamKeyId('the salt', gateway.origin, gateway.secret('work')),
      label: 'Work of all',
      ...{ checkedAt: takenAt, nextCheckAt: iso(clock.now() + 9 * MINUTE) },
      reading: {
        ...{ takenAt, unit: { code: 'USD' }, expiresAt: null },
        quota: { unlimited: false, granted: 1, used, remaining: 1 - used },
        ...more,
      },
    };
    server.keys = [key];
  }
  async function callsDuring(work: () => Promise<unknown>): Promise<number> {
    const before = gateway.calls.length;
    await work();
    return gateway.calls.slice(before).filter(({ key }) => key === 'work').length;
  }

  beforeEach(async () => {
    clock = new ManualClock();
    gateway = await startSampleGateway({
      clock: clock.now,
      scenarios: 'none',
      accounts: [{ name: 'team', keys: { work: { holds: { remain: 400_000, used: 100_000 } } } }],
    });
    server = await ServedAnswers.start(clock.now);
    window = new TestWindow({ clock });
    await window.monitor.start();
    id = await window.addKey(gateway, 'work');
    await wait(MINUTE);
    // 400,000 of 500,000 raw units are left, at 500,000 for a dollar.
    assert.equal(state().reading?.quota?.remaining, 0.8);
    await wait(2 * MINUTE);
    told(0.21);
    team = await window.keyService.add({
      label: 'Team',
      kind: 'teamServer',
      baseUrl: server.origin,
      credential: 'accessToken',
      secret: secretFor('team-reader'),
    });
    await wait(5 * MINUTE);
  });
  afterEach(async () => {
    await window.close();
    await server.close();
    await gateway.close();
    removeTempFolders();
  });

  it('is one line, has the server’s figure, and is not asked from here', async () => {
    assert.deepEqual(
      window.monitor.snapshot.map(({ label }) => label),
      ['work', 'Team'],
    );
    assert.deepEqual(state().readFrom, { id: team, label: 'Team', isServer: true });
    assert.equal(state().via, undefined);
    assert.equal(state().reading?.quota?.used, 0.21);
    const calls = await callsDuring(async () => {
      for (let turn = 0; turn < 12; turn++) {
        told(0.22 + turn / 1000);
        await wait(10 * MINUTE);
      }
    });
    assert.deepEqual([calls, state().status], [0, 'ok']);
  });

  it('ages while the server is silent, and is asked by a person alone', async () => {
    server.isSilent = true;
    assert.equal(await callsDuring(() => wait(3 * HOUR)), 0);
    assert.deepEqual([state().status, state().failure?.class], ['stale', 'transient']);
    assert.match(state().failure?.message ?? '', /“Team”/);
    assert.ok((await callsDuring(() => window.refreshKey(id))) > 0);
    assert.equal(state().reading?.quota?.used, 0.2);
    assert.equal(await callsDuring(() => wait(3 * HOUR)), 0);
  });

  for (const [what, lie] of [
    ['is used up at once', () => told(1)],
    [
      'has a larger limit',
      () => told(0.21, { quota: { unlimited: false, granted: 9, used: 0.21, remaining: 8.79 } }),
    ],
    ['is in another unit', () => told(0.21, { unit: { code: 'CNY' } })],
    ['was never used', () => told(0)],
  ] as const)
    it(`keeps its own figures and is asked itself where the server says that it ${what}`, async () => {
      const calls = await callsDuring(async () => {
        lie();
        await wait(6 * MINUTE);
      });
      assert.ok(calls > 0);
      assert.deepEqual([state().readFrom, state().reading?.quota?.used], [undefined, 0.2]);
      assert.deepEqual([state().status, state().reading?.unit.code], ['ok', 'USD']);
      // Once the server tells what can be true, it asks again.
      told(0.2);
      await wait(12 * MINUTE);
      told(0.2);
      await wait(12 * MINUTE);
      assert.equal(state().readFrom?.id, team);
    });

  it('is one line from the moment it is added, and the server’s again once it is removed, though nothing changes there', async () => {
    const lines = () => window.monitor.snapshot.map(({ label }) => label);
    server.isTagged = true;
    await wait(3 * MINUTE);
    await window.keyService.remove(record());
    await wait(3 * MINUTE);
    assert.deepEqual(lines(), ['Team', 'Work of all']);
    id = await window.addKey(gateway, 'work');
    await wait(3 * MINUTE);
    assert.deepEqual(lines(), ['Team', 'work']);
  });

  it('is asked itself again when the server has it no more, is paused, or gone', async () => {
    for (const end of [
      async () => {
        server.keys = [];
        await wait(6 * MINUTE);
      },
      () => window.keyService.checks.separate(record()),
      () => window.keyService.checks.pause(record(team)),
      () => window.keyService.remove(record(team)),
    ]) {
      const calls = await callsDuring(async () => {
        await end();
        await wait(6 * MINUTE);
      });
      assert.ok(calls > 0, String(end));
      assert.equal(state().readFrom, undefined);
      if (!window.keyService.findById(team)) return;
      await window.keyService.checks.readFromAccount(record());
      await window.keyService.checks.resume(record(team));
      for (let turn = 0; turn < 3; turn++) {
        told(0.2);
        await wait(11 * MINUTE);
      }
      assert.equal(state().readFrom?.id, team, String(end));
    }
  });
});
