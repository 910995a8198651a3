import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { NotSavedError } from '../../../../src/core/ports/notSavedError.ts';
import type { Expiry } from '../../../../src/core/quota/expiries.ts';
import { MuteService } from '../../../../src/services/warnings/muteService.ts';
import type { CommandParts } from '../../../../src/vscode/commands/commandParts.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { CommandSetup } from '../../support/commandSetup.ts';
import { runCommand } from '../../support/runCommand.ts';
import { DAY, HOUR } from '../../support/samples.ts';
import { vscodeStub } from '../../support/vscodeStub.ts';

const COMMANDS = ['snoozeWarnings', 'pauseWarnings', 'setKeyWarnings', 'showExpiringKeys'] as const;

describe('commands about warnings', () => {
  let gateway: SampleGateway;
  let setup: CommandSetup;
  let parts: CommandParts;
  let id: string;

  const run = (name: (typeof COMMANDS)[number] | 'resumeWarnings', argument?: unknown) =>
    runCommand(parts, `keyQuota.${name}`, argument);
  const iso = (ms: number) => new Date(setup.clock.now() + ms).toISOString();

  beforeEach(async () => {
    gateway = await startSampleGateway({ scenarios: { first: {}, second: {} } });
    setup = await CommandSetup.open();
    parts = { ...setup.parts, muteService: new MuteService(setup.testWindow.store, setup.clock) };
    await setup.testWindow.monitor.start();
    for (const handle of ['first', 'second'])
      gateway.key(handle).expiresAt = Math.round(
        (setup.clock.now() + (handle === 'first' ? 9 : 2) * DAY) / 1000,
      );
    id = await setup.testWindow.addKey(gateway, 'first');
    vscodeStub.shown = [];
  });

  afterEach(async () => {
    Object.assign(vscodeStub, { person: {}, settings: {}, handed: [], picks: [] });
    await setup.close();
    await gateway.close();
  });

  it('snooze one key, some, or all, for a day or a given time', async () => {
    const other = await setup.testWindow.addKey(gateway, 'second');
    assert.deepEqual(await run('snoozeWarnings', id), { keys: [id], until: iso(DAY) });
    assert.deepEqual(await run('snoozeWarnings', { key: id, hours: 2 }), {
      keys: [id],
      until: iso(2 * HOUR),
    });
    const until = iso(3 * DAY);
    assert.deepEqual(await run('snoozeWarnings', { keys: [id, other], until }), { keys: [id, other], until });
    const { keys } = (await run('snoozeWarnings', { all: true })) as { keys: string[] };
    assert.deepEqual(keys.toSorted(), [id, other].toSorted());
    assert.deepEqual(
      [...setup.testWindow.store.snoozes.allSnoozes().keys()].toSorted(),
      [id, other].toSorted(),
    );
    vscodeStub.person = { picked: (_title, labels) => labels[0] };
    assert.equal(((await run('snoozeWarnings')) as { keys: string[] }).keys.length, 2, 'all keys come first');
  });

  it('refuse invalid arguments with a sentence', async () => {
    for (const hours of [0, -1, Number.NaN, '2', 1e9])
      await assert.rejects(run('pauseWarnings', { hours }), /“hours” must be a number above 0/);
    for (const until of ['soon', 5, iso(-HOUR), iso(500 * DAY)])
      await assert.rejects(run('pauseWarnings', { until }), /“until” must be a moment in the coming year/);
    await assert.rejects(run('snoozeWarnings', { keys: ['x'] }), /There is no key with the ID x/);
    await assert.rejects(run('setKeyWarnings', { key: id, percents: '50' }), /lists of numbers/);
    await assert.rejects(run('setKeyWarnings', { key: id, off: ['everything'] }), /“off” must be/);
    for (const file of [7, '', 'keys.ics', '~/keys.ics', '/tmp/keys.txt', 'vscode-remote://x/keys.ics'])
      await assert.rejects(
        run('showExpiringKeys', { file }),
        /“file” must be the full path of a file that ends in \.ics/,
      );
    const { fired, snoozes, keyRules } = setup.testWindow.store;
    assert.deepEqual([fired.allFired().size, snoozes.allSnoozes().size, keyRules.allRules().size], [0, 0, 0]);
  });

  it('take any moment of the coming year as an end, and none beside it', async () => {
    for (const ms of [0, 366 * DAY + 1])
      await assert.rejects(run('pauseWarnings', { until: iso(ms) }), /“until” must be a moment/);
    for (const ms of [1, 366 * DAY])
      assert.deepEqual(await run('pauseWarnings', { until: iso(ms) }), { until: iso(ms) });
  });

  it('say which keys are quiet from now on', async () => {
    await run('snoozeWarnings', { key: id, hours: 2 });
    assert.match(vscodeStub.shown[0] ?? '', /^No warnings about “first” until /);
    await run('setKeyWarnings', { key: id, percents: [1] });
    assert.equal(vscodeStub.shown.length, 1);
    await run('setKeyWarnings', { key: id, off: true });
    assert.deepEqual(vscodeStub.shown.slice(1), ['No more warnings about “first”.']);
  });

  it('resume ends pauses and snoozes, and switches warnings on where a person has switched them off', async () => {
    const { mutes, snoozes } = setup.testWindow.store;
    for (const [settings, written] of [
      [{ 'warnings.enabled': false }, [['a setting', 'warnings.enabled', undefined]]],
      [{ 'warnings.enabled': true }, []],
      [{}, []],
    ] as const) {
      Object.assign(vscodeStub, { settings, handed: [] });
      await run('pauseWarnings', { forever: true });
      await run('snoozeWarnings', id);
      await run('resumeWarnings');
      assert.deepEqual([mutes.muteOf('pause'), snoozes.allSnoozes().size], [undefined, 0]);
      assert.deepEqual(vscodeStub.handed, written);
    }
  });

  it('pause everything by argument or by choice', async () => {
    assert.deepEqual(await run('pauseWarnings', { hours: 8 }), { until: iso(8 * HOUR) });
    assert.deepEqual(await run('pauseWarnings', { forever: true }), { until: null });
    vscodeStub.person = { picked: () => 'Until Tomorrow' };
    const { until } = (await run('pauseWarnings')) as { until: string };
    const morning = new Date(until);
    assert.deepEqual([morning.getHours(), morning.getMinutes()], [9, 0]);
    assert.ok(morning.getTime() > setup.clock.now());
    vscodeStub.person = {};
    assert.equal(await run('pauseWarnings'), undefined);
  });

  it('set rules for one key, and remove them', async () => {
    const rules = { percents: [50, 10], off: ['spend'] };
    assert.deepEqual(await run('setKeyWarnings', { key: id, ...rules }), rules);
    assert.deepEqual(await run('setKeyWarnings', { key: id, off: false }), {});
    vscodeStub.person = { picked: () => 'Percent Left…', typed: () => '40, 8' };
    assert.deepEqual(await run('setKeyWarnings', id), { percents: [40, 8] });
    vscodeStub.person = { picked: () => 'Days before Expiry…', typed: () => '30' };
    assert.deepEqual(await run('setKeyWarnings', id), { percents: [40, 8], expiryDays: [30] });
    vscodeStub.person = { picked: () => 'Don’t Warn About This Key' };
    assert.deepEqual(await run('setKeyWarnings', id), { off: true, percents: [40, 8], expiryDays: [30] });
    vscodeStub.person = { picked: () => 'Percent Left…', typed: () => '' };
    assert.deepEqual(await run('setKeyWarnings', id), { expiryDays: [30] }, 'with thresholds it warns again');
    vscodeStub.person = { picked: () => 'Warn as for All Keys' };
    const chosen = () => vscodeStub.lists.at(-1)?.find(({ description }) => description === 'chosen')?.label;
    assert.deepEqual(await run('setKeyWarnings', id), {});
    assert.equal(chosen(), undefined);
    assert.deepEqual(await run('setKeyWarnings', id), {});
    assert.equal(chosen(), 'Warn as for All Keys');
  });

  it('leave the rules of a key as they are where no other are chosen, or no numbers are entered', async () => {
    const rules = { percents: [40, 8], off: ['spend'] };
    assert.deepEqual(await run('setKeyWarnings', { key: id, ...rules, expiryDays: undefined }), rules);
    vscodeStub.person = {};
    assert.deepEqual(await run('setKeyWarnings', id), rules);
    for (const text of [undefined, 'x', '-1', '5, -1', '5,,6', '5,', 'Infinity', '1e999']) {
      vscodeStub.shown = [];
      vscodeStub.person = { picked: () => 'Percent Left…', typed: () => text };
      assert.deepEqual(await run('setKeyWarnings', id), rules, text);
      const isRefused = vscodeStub.shown.includes('Numbers separated by commas.');
      assert.equal(isRefused, text !== undefined, text);
    }
    vscodeStub.person = { picked: () => 'Snooze 24 Hours' };
    assert.deepEqual(await run('setKeyWarnings', id), rules);
    assert.deepEqual(vscodeStub.handed, [['a command', 'keyQuota.snoozeWarnings', [{ key: id }]]]);
  });

  it('offer the thresholds of a key as they are, and take 0 and semicolons', async () => {
    let offered: readonly string[] = [];
    const values: string[] = [];
    const type = (text: string) => {
      vscodeStub.person = {
        picked: (_title, labels) => {
          offered = labels;
          return 'Amounts Left…';
        },
        typed: (_prompt, value) => {
          values.push(value);
          return text;
        },
      };
    };
    type(' 5 ; 0 ');
    assert.deepEqual(await run('setKeyWarnings', id), { amounts: [5, 0] });
    type('1.5');
    assert.deepEqual(await run('setKeyWarnings', id), { amounts: [1.5] });
    assert.deepEqual(values, ['', '5, 0']);
    assert.deepEqual(offered, [
      'Warn as for All Keys',
      'Percent Left…',
      'Amounts Left…',
      'Days before Expiry…',
      'Snooze 24 Hours',
      'Don’t Warn About This Key',
    ]);
  });

  it('fail with the reason when the change could not be saved', async () => {
    const { store } = setup.testWindow;
    const refuse = () => {
      throw new NotSavedError('unwritable');
    };
    parts = {
      ...parts,
      muteService: new MuteService(
        Object.create(store, {
          transactionOnDisk: { value: refuse },
          retryWhileLocked: { value: async (work: () => unknown) => work() },
        }),
        setup.clock,
      ),
    };
    for (const [name, argument] of [
      ['resumeWarnings', undefined],
      ['snoozeWarnings', id],
      ['pauseWarnings', { hours: 1 }],
      ['setKeyWarnings', { key: id, off: true }],
    ] as const)
      await assert.rejects(run(name, argument), NotSavedError, name);
    assert.deepEqual(vscodeStub.shown, []);
  });

  it('list the keys that end, and write them as a calendar', async () => {
    const other = await setup.testWindow.addKey(gateway, 'second');
    await setup.testWindow.monitor.refresh([id, other]);
    const list = (await run('showExpiringKeys')) as Expiry[];
    assert.deepEqual(
      list.map(({ label, what, expired }) => [label, what, expired]),
      [
        ['second', 'key', false],
        ['first', 'key', false],
      ],
    );
    assert.ok(vscodeStub.shown.includes('Expiring Keys'));
    const file = join(setup.testWindow.folder, 'out', 'keys.ics');
    assert.deepEqual(await run('showExpiringKeys', { file }), list);
    const uids = [...readFileSync(file, 'utf8').matchAll(/^UID:(.*)\r$/gm)].map(([, uid]) => uid);
    assert.deepEqual(uids, [`${other}@key-quota`, `${id}@key-quota`]);
  });

  it('replace a calendar only with `overwrite`', async () => {
    const file = join(setup.testWindow.folder, 'keys.ics');
    writeFileSync(file, 'mine');
    await assert.rejects(run('showExpiringKeys', { file }), /There is a file .* already/);
    assert.equal(readFileSync(file, 'utf8'), 'mine');
    await run('showExpiringKeys', { file, overwrite: true });
    assert.match(readFileSync(file, 'utf8'), /^BEGIN:VCALENDAR/);
  });

  it('go to the key that is chosen in the list of those that end, and save nothing', async () => {
    const gone: string[] = [];
    const views = { tree: { reveal: async (key: string) => gone.push(key) } };
    parts = { ...parts, views: views as unknown as CommandParts['views'] };
    await setup.testWindow.monitor.refresh([id]);
    await run('showExpiringKeys');
    vscodeStub.picks.at(-1)?.choose(id);
    await turn();
    assert.deepEqual([gone, vscodeStub.handed], [[id], []]);
    await run('showExpiringKeys');
    vscodeStub.picks.at(-1)?.hide();
    await turn();
    assert.deepEqual([gone, vscodeStub.handed], [[id], []]);
  });
});
