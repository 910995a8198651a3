import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { baseUrlOf } from '../../../../src/core/input/baseUrl.ts';
import { serverIdOf } from '../../../../src/core/team/servedKey.ts';
import { MAX_BODY_BYTES } from '../../../../src/http/transport.ts';
import { secretFor } from '../../../sampleGateways/secrets.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { removeTempFolders } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { DAY, HOUR, MINUTE } from '../../support/samples.ts';
import { ServedAnswers } from '../../support/servedAnswers.ts';
import { TestWindow } from '../../support/testWindow.ts';

describe('the line of a key that its server calls otherwise', () => {
  let clock: ManualClock;
  let server: ServedAnswers;
  let window: TestWindow;

  beforeEach(async () => {
    clock = new ManualClock();
    server = await ServedAnswers.start(clock.now);
    window = new TestWindow({ clock });
    await window.monitor.start();
    await tell(['a1', 'ML'], ['b1', 'Web']);
    await window.keyService.add({
      label: 'Team',
      kind: 'teamServer',
      baseUrl: baseUrlOf({ origin: server.origin }),
      credential: 'accessToken',
      secret: secretFor('team-reader'),
    });
    await wait(2 * MINUTE);
    for (const { id, label } of served()) {
      const record = window.keyService.findById(id) ?? assert.fail();
      await window.keyService.pin(record, true);
      await window.keyService.setNote(record, `note of ${label}`);
    }
  });
  afterEach(async () => {
    await window.close();
    await server.close();
    removeTempFolders();
  });

  const wait = (ms: number) => advanceWindows(ms, clock, window);
  const served = () => window.monitor.snapshot.filter(({ id }) => serverIdOf(id) !== undefined);
  const notes = () => served().map(({ label, pinned, note }) => [label, pinned, note]);
  const names = () => served().map(({ label, pinned }) => [label, pinned]);
  const NOTED = [
    ['ML', true, 'note of ML'],
    ['Web', true, 'note of Web'],
  ];
  async function tell(...keys: readonly (readonly [id: string, label: string])[]): Promise<void> {
    const takenAt = new Date(clock.now()).toISOString();
    const quota = { unlimited: false, granted: 1, used: 0.2, remaining: 0.8 };
    const reading = { takenAt, unit: { code: 'USD' }, quota };
    const spend = {
      today: 0.1,
      week: 0.2,
      calendarWeek: 0.2,
      month: 0.2,
      since: takenAt,
      complete: true,
      days: [],
    };
    server.keys = keys.map(([id, label]) => ({ id, label, checkedAt: takenAt, reading, spend }));
    await wait(2 * MINUTE);
  }

  it('keeps pin and note, with another secret there or another salt, and back again', async () => {
    const before = served().map(({ id }) => id);
    await tell(['a2', 'ML'], ['b1', 'Web']);
    assert.deepEqual(notes(), NOTED);
    await wait(HOUR);
    await tell(['a3', 'ML'], ['b3', 'Web']);
    await wait(HOUR);
    await tell(['a1', 'ML'], ['b1', 'Web']);
    assert.deepEqual(notes(), NOTED);
    assert.deepEqual(
      served().map(({ id }) => id),
      before,
    );
  });

  it('stays for a week where it is pinned or has a note, with its age and without what it spent since, and is fresh when it is told again', async () => {
    const web = served()[1] ?? assert.fail();
    const record = window.keyService.findById(web.id) ?? assert.fail();
    await window.keyService.pin(record, false);
    await tell(['a1', 'ML'], ['b1', 'Web'], ['c1', 'Unmarked']);
    assert.equal(served()[0]?.spend?.today, 0.1);
    await tell();
    const [ml] = served();
    assert.deepEqual(
      [names(), ml?.status, ml?.failure?.class, ml?.spend],
      [
        [
          ['ML', true],
          ['Web', false],
        ],
        'ok',
        'transient',
        undefined,
      ],
    );
    await wait(HOUR);
    assert.deepEqual(
      served().map(({ status }) => status),
      ['stale', 'stale'],
    );
    await tell(['b1', 'Web']);
    await window.keyService.setNote(record, '');
    await tell(['a1', 'ML']);
    const [back, ...others] = served();
    assert.deepEqual(
      [back?.id, back?.note, back?.status, back?.failure, others],
      [ml?.id, 'note of ML', 'ok', undefined, []],
    );
    await tell();
    clock.jump(7 * DAY);
    await tell(['c1', 'Unmarked']);
    assert.deepEqual(names(), [['Unmarked', false]]);
  });

  it('is no other key’s: not of one that is told beside it, has a name twice, or is missing in a part alone', async () => {
    await tell(['a1', 'ML'], ['a2', 'ML'], ['b1', 'Web']);
    assert.deepEqual(
      notes().filter(([, pinned]) => pinned),
      NOTED,
    );
    await tell(['a3', 'ML'], ['a4', 'ML'], ['b2', 'Web'], ['not an id', '']);
    assert.deepEqual(names(), [
      ['ML', true],
      ['Web', true],
      ['ML', false],
      ['ML', false],
      ['ML', false],
      ['Web', false],
    ]);
    await tell(['a5', 'ML'], ['a6', 'ML'], ['b5', 'Web'], ['b6', 'Web']);
    assert.deepEqual(names(), [
      ['ML', true],
      ['Web', true],
      ['ML', false],
      ['ML', false],
      ['Web', false],
      ['Web', false],
    ]);
  });

  it('leaves its id to no other: a name that came back beside it has one of its own', async () => {
    await tell(['a2', 'ML'], ['b1', 'Web']);
    await tell(['a1', 'Old'], ['a2', 'ML'], ['b1', 'Web']);
    assert.deepEqual(notes(), [...NOTED, ['Old', false, undefined]]);
    await tell(['a1', 'Old'], ['b1', 'Web']);
    assert.deepEqual(names(), [
      ['ML', true],
      ['Web', true],
      ['Old', false],
    ]);
  });

  it('is no longer the same where its name changes with every answer, and of all those nothing is left', async () => {
    for (let turn = 0; turn < 6; turn++) await tell([`c${turn}`, 'ML'], [`d${turn}`, 'Web']);
    assert.deepEqual(names(), [
      ['ML', true],
      ['Web', true],
      ['ML', false],
      ['Web', false],
    ]);
    assert.equal(window.store.states.allStates().length, 5);
  });
});

describe('a server with five thousand keys', () => {
  afterEach(removeTempFolders);

  it('has a line for each, though its answer is larger than any gateway’s may be', async () => {
    const clock = new ManualClock();
    const server = await ServedAnswers.start(clock.now);
    const window = new TestWindow({ clock });
    try {
      const takenAt = new Date(clock.now()).toISOString();
      const models = Array.from({ length: 20 }, (_, index) => `a-model-of-a-long-name-${index}`);
      const reading = { takenAt, unit: { code: 'USD' }, models, quota: { unlimited: false, remaining: 1 } };
      server.keys = Array.from({ length: 5000 }, (_, index) => ({
        id: `k${index}`,
        label: `${index}`,
        reading,
      }));
      assert.ok(JSON.stringify(server.keys).length > MAX_BODY_BYTES);
      await window.monitor.start();
      const id = await window.keyService.add({
        ...{ label: 'Team', kind: 'teamServer', baseUrl: baseUrlOf({ origin: server.origin }) },
        ...{ credential: 'accessToken', secret: secretFor('team-reader') },
      });
      await window.refreshKey(id);
      assert.equal(window.store.keys.allKeys().length, 5001);
      assert.equal(window.keyState(id).failure, undefined);
    } finally {
      await window.close();
      await server.close();
    }
  });
});
