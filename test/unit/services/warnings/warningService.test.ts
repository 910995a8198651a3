import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { dayOf } from '../../../../src/core/ledger/localDays.ts';
import type { SpendingLimit } from '../../../../src/core/spendingLimits/spendingLimit.ts';
import { spendingProgress } from '../../../../src/core/spendingLimits/spendingProgress.ts';
import { parseQuietHours } from '../../../../src/core/warnings/quietHours.ts';
import { WARNING_KINDS } from '../../../../src/core/warnings/warning.ts';
import { SpendingLimitService } from '../../../../src/services/spendingLimits/spendingLimitService.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { DAY, HOUR, MINUTE } from '../../support/samples.ts';
import { TestWindow } from '../../support/testWindow.ts';
import { WarningRecorder } from '../../support/warningRecorder.ts';
import { RULES } from '../../support/warnings.ts';

/** Longer than warnings are gathered for, and than other windows wait for the focused one. */
const SOON = 15_000;
const GRANTED = 10_000_000;

/** A window with a recorder of the warnings that it shows. */
interface RecordedWindow {
  readonly testWindow: TestWindow;
  readonly listener: WarningRecorder;
}

describe('warnings in several windows', () => {
  let clock: ManualClock;
  let gateway: SampleGateway;
  let storage: MemorySecrets;
  let first: RecordedWindow;
  const windows: RecordedWindow[] = [];

  const wait = (ms: number) => advanceWindows(ms, clock, ...windows.map(({ testWindow }) => testWindow));

  async function openWindow(focused: boolean, folder?: string): Promise<RecordedWindow> {
    // A poll a day, so that figures change when a test says so.
    const settings = { pollMs: DAY };
    const testWindow = new TestWindow({ clock, storage, folder, focused, settings });
    const window = { testWindow, listener: new WarningRecorder(testWindow, clock) };
    windows.push(window);
    await testWindow.monitor.start();
    return window;
  }

  const another = (focused = false) => openWindow(focused, first.testWindow.folder);

  async function closeWindow(window: RecordedWindow): Promise<void> {
    windows.splice(windows.indexOf(window), 1);
    window.listener.close();
    await window.testWindow.close();
  }

  /** Lets so many per cent be left of a key at the gateway. */
  function leaveLeft(handle: string, percent: number): void {
    const remain = Math.round((GRANTED * percent) / 100);
    Object.assign(gateway.key(handle), { remain, used: GRANTED - remain });
  }

  function endIn(handle: string, ms: number): void {
    gateway.key(handle).expiresAt = Math.round((clock.now() + ms) / 1000);
  }

  /** What is heard in each window once a key was asked about in one of them. */
  async function heardAfter(id: string, asks: RecordedWindow = first): Promise<string[][]> {
    await asks.testWindow.refreshKey(id);
    await wait(SOON);
    return windows.map(({ listener }) => listener.takeNewWarnings());
  }

  beforeEach(async () => {
    clock = new ManualClock();
    gateway = await startSampleGateway({ clock: clock.now, scenarios: { a: {}, b: {}, c: {} } });
    for (const handle of ['a', 'b', 'c']) leaveLeft(handle, 90);
    storage = new MemorySecrets();
    first = await openWindow(true);
  });

  afterEach(async () => {
    for (const window of windows.splice(0).reverse()) {
      window.listener.close();
      await window.testWindow.close();
    }
    await gateway.close();
  });

  it('come in exactly one of five, all of them focused, whichever asked', async () => {
    const id = await first.testWindow.addKey(gateway, 'a');
    for (let count = 1; count < 5; count++) await another(true);
    await wait(SOON);
    for (const [percent, asks] of [
      [19, 0],
      [4, 3],
      [0, 1],
    ] as const) {
      leaveLeft('a', percent);
      const heard = await heardAfter(id, windows[asks]);
      assert.equal(heard.flat().length, 1, `${percent} %: ${JSON.stringify(heard)}`);
    }
  });

  it('do not come again after a restart', async () => {
    const id = await first.testWindow.addKey(gateway, 'a');
    leaveLeft('a', 4);
    assert.deepEqual(await heardAfter(id), [['a low 5']]);
    const restarted = await another(true);
    await closeWindow(restarted);
    const { folder } = first.testWindow;
    first.listener.close();
    first.testWindow.monitor.dispose();
    first.testWindow.store.close();
    const later = await openWindow(true, folder);
    await wait(HOUR);
    await later.testWindow.refreshKey(id);
    await wait(SOON);
    assert.deepEqual(later.listener.takeNewWarnings(), []);
  });

  it('come again for a figure that had recovered for good', async () => {
    const id = await first.testWindow.addKey(gateway, 'a');
    leaveLeft('a', 4);
    assert.deepEqual(await heardAfter(id), [['a low 5']]);
    await wait(HOUR);
    leaveLeft('a', 90);
    assert.deepEqual(await heardAfter(id), [[]]);
    leaveLeft('a', 4);
    assert.deepEqual(await heardAfter(id), [['a low 5']]);
  });

  it('of several keys at once come as one', async () => {
    const ids = [];
    for (const handle of ['a', 'b', 'c']) ids.push(await first.testWindow.addKey(gateway, handle));
    await wait(SOON);
    leaveLeft('a', 4);
    leaveLeft('b', 0);
    endIn('c', 2 * DAY);
    await first.testWindow.monitor.refresh(ids);
    await wait(SOON);
    assert.deepEqual(first.listener.takeNewWarnings(), ['a low 5, b low 0, c expiry 3']);
  });

  it('wait for the focused window, which is told of what others asked', async () => {
    const id = await first.testWindow.addKey(gateway, 'a');
    const other = await another();
    await wait(SOON);
    leaveLeft('a', 4);
    assert.deepEqual(await heardAfter(id, other), [['a low 5'], []]);
  });

  it('wait for somebody to come, unless a key is used up or has ended', async () => {
    const id = await first.testWindow.addKey(gateway, 'a');
    const b = await first.testWindow.addKey(gateway, 'b');
    const other = await another();
    await wait(SOON);
    first.testWindow.focused = false;
    leaveLeft('a', 4);
    endIn('b', 2 * DAY);
    assert.deepEqual(await heardAfter(id), [[], []]);
    assert.deepEqual(await heardAfter(b, other), [[], []]);
    assert.equal(first.testWindow.store.fired.firedOf(id).size, 0, 'a mark was taken for what nobody saw');

    leaveLeft('a', 0);
    const heard = await heardAfter(id);
    assert.deepEqual(heard.flat(), ['a low 0'], 'used up is said in one window');
    other.testWindow.gainFocus();
    await wait(SOON);
    assert.deepEqual(other.listener.takeNewWarnings(), ['b expiry 3']);
    assert.deepEqual(first.listener.takeNewWarnings(), []);
  });

  it('that are urgent are said in the focused window when there is one', async () => {
    const id = await first.testWindow.addKey(gateway, 'a');
    const other = await another();
    await wait(SOON);
    leaveLeft('a', 0);
    assert.deepEqual(await heardAfter(id, other), [['a low 0'], []]);
  });

  describe('about spending limits', () => {
    const limit = (scope: SpendingLimit['scope'], amount: number): SpendingLimit => ({
      ...{ scope, period: 'month', amount, unit: { code: 'USD' } },
    });
    /** Lets windows know of so much spend of a key this month, and of the limits in the database or of these. */
    function spend(
      id: string,
      month: number,
      among: readonly RecordedWindow[] = windows,
      limits?: readonly SpendingLimit[],
    ): void {
      const spent = {
        today: month,
        week: month,
        calendarWeek: month,
        month,
        since: '2020-01-01T00:00:00.000Z',
      };
      for (const { testWindow } of among) {
        const { monitor, store } = testWindow;
        monitor.setLimits((keyId, known, _unit, now) =>
          (limits ?? store.spendingLimits.allLimits())
            .filter(({ scope }) => scope.of === 'key' && scope.keyId === keyId)
            .map(each => spendingProgress(each, known, now, 1)),
        );
        const inUnit = { unitId: 'USD', day: dayOf(clock.now()), monthBegins: 1 };
        monitor.setSpend(new Map([[id, { ...inUnit, spend: { ...spent, complete: true, days: [month] } }]]));
      }
    }
    const heard = async () => {
      await wait(SOON);
      return windows.flatMap(({ listener }) => listener.takeNewWarnings());
    };

    it('of a key come in exactly one of three windows, once for each threshold', async () => {
      const id = await first.testWindow.addKey(gateway, 'a');
      for (let count = 1; count < 3; count++) await another(true);
      await new SpendingLimitService(first.testWindow.store).setLimit(limit({ of: 'key', keyId: id }, 5));
      await wait(SOON);
      for (const [spent, said] of [
        [3.9, []],
        [4, ['a limit 20']],
        [4.5, []],
        [5, ['a limit 0']],
        [9, []],
      ] as const) {
        spend(id, spent);
        assert.deepEqual(await heard(), said, String(spent));
      }
    });

    it('of a key are none by a limit that another window has changed or removed', async () => {
      const id = await first.testWindow.addKey(gateway, 'a');
      const other = await another(true);
      const service = new SpendingLimitService(first.testWindow.store);
      const scope = { of: 'key', keyId: id } as const;
      const before = limit(scope, 5);
      await service.setLimit(before);
      await wait(SOON);
      spend(id, 9);
      assert.deepEqual(await heard(), ['a limit 0']);
      await service.setLimit(limit(scope, 6));
      spend(id, 9, [first]);
      spend(id, 9, [other], [before]);
      assert.deepEqual(await heard(), ['a limit 0'], 'of the new amount, once');
      await wait(5 * MINUTE);
      assert.deepEqual(await heard(), []);
      await service.removeLimit(before);
      spend(id, 9, [first]);
      spend(id, 20, [other], [limit(scope, 10)]);
      assert.deepEqual(await heard(), [], 'removed');
    });

    it('of all keys come in exactly one of three windows, once for each threshold', async () => {
      const [a, b] = [
        await first.testWindow.addKey(gateway, 'a'),
        await first.testWindow.addKey(gateway, 'b'),
      ];
      for (let count = 1; count < 3; count++) await another(true);
      await new SpendingLimitService(first.testWindow.store).setLimit(limit({ of: 'currency' }, 10));
      await wait(SOON);
      spend(a, 3);
      for (const [spent, said] of [
        [4.9, []],
        [5.1, ['b limit 20']],
        [6, []],
        [7, ['b limit 0']],
        [9, []],
      ] as const) {
        spend(b, spent);
        assert.deepEqual(await heard(), said, String(spent));
      }
    });

    it('wait for the end of a pause of all warnings, and of quiet hours', async () => {
      const id = await first.testWindow.addKey(gateway, 'a');
      await new SpendingLimitService(first.testWindow.store).setLimit(limit({ of: 'currency' }, 5));
      await first.listener.muteService.pause('forever');
      spend(id, 4.5);
      assert.deepEqual(await heard(), []);
      await first.listener.muteService.resume();
      first.listener.rules = { ...RULES, quietHours: parseQuietHours('00:00-24:00') };
      assert.deepEqual(await heard(), []);
      first.listener.rules = RULES;
      await wait(MINUTE);
      assert.deepEqual(first.listener.takeNewWarnings(), ['a limit 20']);
    });
  });

  it('of a key end by themselves, without any check', async () => {
    endIn('a', 8 * DAY);
    await first.testWindow.addKey(gateway, 'a');
    await wait(SOON);
    assert.deepEqual(first.listener.takeNewWarnings(), []);
    await wait(DAY + MINUTE);
    assert.deepEqual(first.listener.takeNewWarnings(), ['a expiry 7']);
  });

  it('come again for a key that was renewed', async () => {
    endIn('a', 2 * DAY);
    const id = await first.testWindow.addKey(gateway, 'a');
    await wait(SOON);
    assert.deepEqual(first.listener.takeNewWarnings(), ['a expiry 3']);
    endIn('a', 30 * DAY);
    assert.deepEqual(await heardAfter(id), [[]]);
    endIn('a', 2.5 * DAY);
    assert.deepEqual(await heardAfter(id), [['a expiry 3']]);
  });

  it('are not made from figures that another window has newer ones of', async () => {
    const id = await first.testWindow.addKey(gateway, 'a');
    const other = await another();
    await wait(SOON);
    leaveLeft('a', 4);
    await other.testWindow.refreshKey(id);
    other.testWindow.monitor.dispose();
    await wait(1000);
    leaveLeft('a', 90);
    await first.testWindow.refreshKey(id);
    other.testWindow.focused = true;
    await wait(2 * MINUTE);
    assert.equal(other.testWindow.keyState(id).reading?.quota?.remaining, 0.8, 'it still has the old ones');
    assert.deepEqual([first.listener.takeNewWarnings(), other.listener.takeNewWarnings()], [[], []]);
  });

  it('are not made of a key that another window has paused meanwhile', async () => {
    const id = await first.testWindow.addKey(gateway, 'a');
    const other = await another();
    await wait(SOON);
    first.listener.close();
    leaveLeft('a', 4);
    await other.testWindow.refreshKey(id);
    other.testWindow.monitor.dispose();
    const record = first.testWindow.keyService.findById(id);
    assert.ok(record);
    await first.testWindow.keyService.checks.pause(record);
    other.testWindow.focused = true;
    await wait(2 * MINUTE);
    assert.equal(other.testWindow.keyState(id).failure, undefined, 'it has not heard of the pause');
    assert.deepEqual(other.listener.takeNewWarnings(), []);
  });

  it('are given of the end of a paused key', async () => {
    endIn('a', 10 * DAY);
    const id = await first.testWindow.addKey(gateway, 'a');
    assert.deepEqual(await heardAfter(id), [[]]);
    const record = first.testWindow.keyService.findById(id);
    assert.ok(record);
    await first.testWindow.keyService.checks.pause(record);
    clock.jump(4 * DAY);
    await wait(2 * MINUTE);
    assert.deepEqual(first.listener.takeNewWarnings(), ['a expiry 7']);
  });

  it('that another window takes between a look and its transaction are not shown twice', async () => {
    const id = await first.testWindow.addKey(gateway, 'a');
    const other = await another(true);
    await wait(SOON);
    leaveLeft('a', 4);
    first.listener.close();
    const otherClock = new ManualClock(clock.now());
    const otherRecorder = new WarningRecorder(first.testWindow, otherClock);
    const { store } = other.testWindow;
    const view = store.view.bind(store);
    store.view = work => {
      const result = view(work);
      // The other window evaluates and takes the marks before this one goes on.
      void otherClock.advance(SOON);
      return result;
    };
    await other.testWindow.refreshKey(id);
    await first.testWindow.monitor.reload();
    await wait(SOON);
    assert.deepEqual([...otherRecorder.takeNewWarnings(), ...other.listener.takeNewWarnings()], ['a low 5']);
    otherRecorder.close();
  });

  it('are not made of a failure that is one window’s own', async () => {
    const id = await first.testWindow.addKey(gateway, 'a');
    await wait(MINUTE);
    await first.testWindow.refreshKey(id);
    storage.entries.clear();
    const other = await another(true);
    await wait(SOON);
    assert.equal(other.testWindow.keyState(id).status, 'invalid');
    assert.deepEqual(
      windows.map(({ listener }) => listener.takeNewWarnings()),
      [[], []],
    );
  });

  it('come for a key that the gateway refuses, once that counts, and name why', async () => {
    const id = await first.testWindow.addKey(gateway, 'a');
    await wait(SOON);
    gateway.setScenario('a', 'disabled-401');
    await first.testWindow.refreshKey(id);
    await wait(9 * MINUTE);
    assert.deepEqual(first.listener.shown.flat(), [], 'said once, it may be a moment of trouble');
    await wait(3 * MINUTE);
    await wait(30 * HOUR);
    assert.equal(first.listener.shown.flat().length, 1, 'however often it is said again');
    const [warning] = first.listener.shown.flat();
    assert.equal(warning?.kind, 'refused');
    assert.match(warning.key.failure?.message ?? '', /“a” is disabled/);
  });

  it('go on when the store cannot be read for once', async () => {
    const id = await first.testWindow.addKey(gateway, 'a');
    await wait(SOON);
    const { store } = first.testWindow;
    const { view } = store;
    store.view = () => {
      throw new Error('busy');
    };
    leaveLeft('a', 4);
    assert.deepEqual(await heardAfter(id), [[]]);
    assert.match(first.testWindow.logLines.at(-1) ?? '', /Warnings could not be looked at: Error: busy/);
    store.view = view;
    await wait(MINUTE);
    assert.deepEqual(first.listener.takeNewWarnings(), ['a low 5']);
  });

  describe('that are muted', () => {
    it('by a snooze in one window stay away in all, for that key alone', async () => {
      const id = await first.testWindow.addKey(gateway, 'a');
      const b = await first.testWindow.addKey(gateway, 'b');
      const other = await another(true);
      leaveLeft('a', 15);
      assert.equal((await heardAfter(id)).flat().length, 1);
      await first.listener.muteService.snooze([id], DAY);
      leaveLeft('a', 4);
      leaveLeft('b', 4);
      assert.deepEqual(await heardAfter(id, other), [[], []]);
      assert.deepEqual((await heardAfter(b, other)).flat(), ['b low 5'], 'other keys go on');
    });

    it('are said once the snooze is over', async () => {
      const id = await first.testWindow.addKey(gateway, 'a');
      const other = await another(true);
      await wait(SOON);
      await other.listener.muteService.snooze([id, 'unknown'], HOUR);
      assert.deepEqual(first.listener.muteService.snoozedKeys, [{ label: 'a', until: clock.now() + HOUR }]);
      leaveLeft('a', 4);
      assert.deepEqual(await heardAfter(id), [[], []]);
      // Rules are evaluated once a minute while nothing changes.
      await wait(HOUR + MINUTE);
      assert.deepEqual(
        windows.flatMap(({ listener }) => listener.takeNewWarnings()),
        ['a low 5'],
      );
      assert.deepEqual(first.listener.muteService.snoozedKeys, []);
    });

    it('by a pause of all, and come when it is ended in another window', async () => {
      const id = await first.testWindow.addKey(gateway, 'a');
      const other = await another(true);
      await wait(SOON);
      await first.listener.muteService.pause(8 * HOUR);
      assert.equal(other.listener.muteService.pausedUntil, clock.now() + 8 * HOUR);
      leaveLeft('a', 0);
      assert.deepEqual(await heardAfter(id), [[], []]);
      await other.listener.muteService.resume();
      await wait(SOON);
      assert.deepEqual(
        windows.map(({ listener }) => listener.takeNewWarnings()),
        [[], ['a low 0']],
      );
      assert.equal(first.listener.muteService.pausedUntil, undefined);
    });

    it('by a pause without end stay away until somebody ends it', async () => {
      const id = await first.testWindow.addKey(gateway, 'a');
      await wait(SOON);
      await first.listener.muteService.pause('forever');
      assert.equal(first.listener.muteService.pausedUntil, Number.POSITIVE_INFINITY);
      leaveLeft('a', 0);
      clock.jump(3 * DAY);
      assert.deepEqual(await heardAfter(id), [[]]);
      await first.listener.muteService.resume();
      assert.deepEqual(await heardAfter(id), [['a low 0']]);
    });

    it('for one key stay away in all windows, after a restart too, until that is taken back', async () => {
      const id = await first.testWindow.addKey(gateway, 'a');
      const other = await another(true);
      await wait(SOON);
      await other.listener.muteService.setRules(id, { off: true });
      await other.listener.muteService.setRules('unknown', { off: true });
      leaveLeft('a', 0);
      assert.deepEqual(await heardAfter(id), [[], []]);
      await closeWindow(other);
      const later = await another(true);
      await first.listener.muteService.resume();
      assert.deepEqual(await heardAfter(id, later), [[], []]);
      assert.deepEqual(later.listener.muteService.rulesOf(id), { off: true });
      await later.listener.muteService.setRules(id, {});
      await wait(SOON);
      assert.deepEqual(later.listener.takeNewWarnings(), ['a low 0']);
    });

    it('by the off switch or quiet hours come when those are over', async () => {
      const id = await first.testWindow.addKey(gateway, 'a');
      await wait(SOON);
      first.listener.rules = { ...RULES, enabled: false };
      leaveLeft('a', 4);
      assert.deepEqual(await heardAfter(id), [[]]);
      const hour = new Date(clock.now()).getHours();
      first.listener.rules = { ...RULES, quietHours: parseQuietHours(`${hour}:00-${hour + 1}:00`) };
      await wait(2 * MINUTE);
      assert.deepEqual(first.listener.takeNewWarnings(), []);
      await wait(HOUR);
      assert.deepEqual(first.listener.takeNewWarnings(), ['a low 5']);
    });
  });

  describe('when clocks leap', () => {
    it('an hour back: nothing is repeated', async () => {
      endIn('a', 3 * DAY);
      leaveLeft('b', 4);
      const id = await first.testWindow.addKey(gateway, 'a');
      const b = await first.testWindow.addKey(gateway, 'b');
      await first.testWindow.monitor.refresh([id, b]);
      await wait(SOON);
      assert.deepEqual(first.listener.takeNewWarnings(), ['a expiry 3, b low 5']);
      clock.jump(-HOUR);
      await wait(SOON);
      await heardAfter(id);
      await heardAfter(b);
      await wait(2 * HOUR);
      assert.deepEqual(first.listener.takeNewWarnings(), []);
    });

    it('a day ahead: nothing is said from old figures', async () => {
      leaveLeft('a', 4);
      const id = await first.testWindow.addKey(gateway, 'a');
      first.listener.rules = { ...RULES, enabled: false };
      await wait(SOON);
      leaveLeft('a', 90);
      clock.jump(3 * DAY);
      first.listener.rules = RULES;
      gateway.setScenario('a', 'empty-500');
      await wait(HOUR);
      assert.equal(first.testWindow.keyState(id).reading?.quota?.remaining, 0.8);
      assert.deepEqual(first.listener.takeNewWarnings(), []);
    });
  });

  it('tell of a day that costs far more than an ordinary one', async () => {
    const id = await first.testWindow.addKey(gateway, 'a');
    // Nobody looks at the window meanwhile: so it looks less often, too.
    first.testWindow.focused = false;
    for (let day = 1; day <= 7; day++) {
      for (let part = 0; part < 4; part++) {
        await wait(6 * HOUR);
        gateway.spend('a', { quota: 50_000 });
        await first.testWindow.refreshKey(id);
      }
    }
    first.testWindow.gainFocus();
    await wait(SOON);
    assert.deepEqual(first.listener.takeNewWarnings(), [], 'forty cents a day');
    gateway.spend('a', { quota: 1_500_000 });
    assert.deepEqual(await heardAfter(id), [['a spend 0']]);
    gateway.spend('a', { quota: 500_000 });
    assert.deepEqual(await heardAfter(id), [[]]);
  });

  it('tell of a top-up when asked to', async () => {
    first.listener.rules = { ...RULES, kinds: new Set(WARNING_KINDS) };
    const id = await first.testWindow.addKey(gateway, 'a');
    await wait(SOON);
    gateway.key('a').remain += GRANTED;
    assert.deepEqual(await heardAfter(id), [['a refill 0']]);
    assert.deepEqual(await heardAfter(id), [[]]);
  });
});
