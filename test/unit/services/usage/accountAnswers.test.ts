import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { UsageReport } from '../../../../src/core/usage/usageReport.ts';
import { askKeys } from '../../../../src/services/usage/askKeys.ts';
import type { VersionName } from '../../../sampleGateways/newApi/version.ts';
import { json } from '../../../sampleGateways/wire/reply.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { DAY, MINUTE } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';

const LOG = '/api/log/self';
const KEY_LOG = '/api/log/token';

/** At 500,000 units a dollar. */
const KEYS = {
  alice: { holds: { name: 'alice', remain: 5_000_000, used: 100_000 } },
  bob: { holds: { name: 'bob', remain: 6_000_000, used: 1_500_000 } },
  twin: { holds: { name: 'bob', remain: 8_000_000, used: 2_000_000 } },
} as const;

/** Their lists are bare arrays. */
const BARE: ReadonlySet<VersionName> = new Set(['pre-0.9.0', 'one-api']);

describe('what keys of one account spent', () => {
  let setup: TestSetup;
  let ids: Readonly<Record<string, string>>;
  afterEach(() => setup.close());

  const wait = (ms: number) => advanceWindows(ms, setup.clock, setup.testWindow);

  /** Keys that are read from the list of their account, each used ten times for a dollar in all. */
  async function open(
    version: VersionName,
    handles: readonly (keyof typeof KEYS)[] = ['alice', 'bob'],
  ): Promise<void> {
    const keys = Object.fromEntries(handles.map(handle => [handle, KEYS[handle]]));
    setup = await TestSetup.open({
      kind: version === 'one-api' ? 'oneApi' : 'newApi',
      version,
      scenarios: 'none',
      accounts: [{ name: 'team', quota: 50_000_000, used: 0, keys }],
    });
    const { monitor, keyService } = setup.testWindow;
    await monitor.start();
    const added: Record<string, string> = {};
    for (const handle of handles) {
      added[handle] = await keyService.add(setup.key(handle));
      await wait(3 * MINUTE);
    }
    added.team = await keyService.add(setup.account('team'));
    await wait(6 * MINUTE);
    ids = added;
    for (const handle of handles)
      assert.ok(setup.testWindow.keyState(added[handle] ?? '').readFrom, `${handle} is read from the list`);
    // No two are alike: where rows have no id, pages of equal ones look like one page that comes again.
    for (let n = 0; n < 10; n++)
      for (const handle of handles)
        setup.gateway.spend(handle, { quota: 45_500 + 1000 * n, model: 'gpt-4.1' });
    await wait(6 * MINUTE);
  }

  async function ask(handles: readonly string[]) {
    const { clock, testWindow, gateway } = setup;
    const before = gateway.calls.length;
    const keys = handles.map(handle => testWindow.keyService.findById(ids[handle] ?? '') ?? assert.fail());
    const range = { from: clock.now() - DAY, to: clock.now() };
    const { signal } = new AbortController();
    const answers = await askKeys(testWindow, keys, range, () => undefined, signal);
    const calls = gateway.calls.slice(before);
    const count = (path: string) => calls.filter(call => call.path === path).length;
    return { ...answers, own: count(KEY_LOG), account: count(LOG) };
  }
  const summary = ({ scope, total, coverage, source }: UsageReport) => [
    scope.key,
    total?.used,
    coverage.complete,
    source,
  ];

  for (const version of [
    'v0.9.0',
    'v0.10.8',
    'v0.12.0',
    'v0.12.7',
    'v1.0.0-rc.24',
    'pre-0.9.0',
    'one-api',
  ] as const) {
    it(`${version}: is told by one reading of the account’s log`, async () => {
      await open(version);
      const { reports, own, account } = await ask(['alice', 'bob']);
      assert.deepEqual(reports.map(summary), [
        ['alice', 1, true, 'logs'],
        ['bob', 1, true, 'logs'],
      ]);
      // A count and a page; of One API, which counts nothing, three pages of ten beside two that say so.
      assert.deepEqual([own, account], [0, BARE.has(version) ? 5 : 2]);
    });
  }

  it('and what the account spent are two sums, each with its own report', async () => {
    await open('v0.12.7');
    const { reports } = await ask(['alice', 'team', 'bob']);
    assert.deepEqual(
      reports.map(({ scope, total }) => [scope, total?.used]),
      [
        [{ key: 'alice' }, 1],
        [{ account: 'team' }, 2],
        [{ key: 'bob' }, 1],
      ],
    );
  });

  it('is told by each of two accounts at one site for its own keys', async () => {
    const key = (remain: number) => ({ holds: { name: 'work', remain, used: 100_000 } });
    setup = await TestSetup.open({
      version: 'v0.12.7',
      scenarios: 'none',
      accounts: [
        { name: 'team', keys: { alice: key(5_000_000) } },
        { name: 'else', keys: { bob: key(6_000_000) } },
      ],
    });
    const { monitor, keyService } = setup.testWindow;
    await monitor.start();
    const alice = await keyService.add(setup.key('alice'));
    const bob = await keyService.add(setup.key('bob'));
    const team = await keyService.add(setup.account('team'));
    const other = await keyService.add(setup.account('else'));
    ids = { alice, bob };
    await wait(10 * MINUTE);
    const accountOf = (id: string) => setup.testWindow.keyState(id).readFrom?.id;
    assert.deepEqual([accountOf(alice), accountOf(bob)], [team, other]);
    setup.gateway.spend('alice', { quota: 50_000 });
    setup.gateway.spend('bob', { quota: 100_000 });
    await wait(6 * MINUTE);
    const { reports, own, account } = await ask(['alice', 'bob']);
    assert.deepEqual([reports.map(({ total }) => total?.used), own, account], [[0.1, 0.2], 0, 4]);
  });

  it('is told again without a call, by key and in the same words', async () => {
    await open('v0.12.7');
    const first = await ask(['alice', 'bob']);
    const second = await ask(['alice', 'bob']);
    assert.deepEqual([second.own, second.account], [0, 0]);
    const told = ({ total, byDay, byKey, byModel, timeline, source }: UsageReport) =>
      JSON.parse(JSON.stringify({ total, byDay, byKey, byModel, timeline, source }));
    assert.deepEqual(second.reports.map(told), first.reports.map(told));
    assert.equal(second.reports[0]?.byKey, undefined);
  });

  it('goes by numbers where two keys have one name', async () => {
    await open('v0.12.7', ['alice', 'bob', 'twin']);
    setup.gateway.spend('twin', { quota: 250_000 });
    await wait(MINUTE);
    const { reports, own } = await ask(['bob', 'twin']);
    assert.deepEqual(
      [reports.map(summary), own],
      [
        [
          ['bob', 1, true, 'logs'],
          ['twin', 1.5, true, 'logs'],
        ],
        0,
      ],
    );
  });

  it('is asked of the keys themselves where the account does not answer', async () => {
    await open('v0.12.7');
    setup.gateway.setReply(`GET ${LOG}`, json(500, {}));
    const { reports, own, account } = await ask(['alice', 'bob']);
    assert.deepEqual(
      reports.map(({ total }) => total?.used),
      [1, 1],
    );
    assert.deepEqual([own, account], [2, 1]);
  });

  /** Puts what keys had used before they were added into the log, long ago. */
  function logEarlier(handles: readonly (keyof typeof KEYS)[]): void {
    for (const handle of handles) {
      const quota = KEYS[handle].holds.used;
      const { used } = setup.gateway.key(handle);
      setup.gateway.spend(handle, { quota, at: (setup.clock.now() - 10 * DAY) / 1000 });
      setup.gateway.key(handle).used = used;
    }
  }

  it('is asked of the keys themselves where the account’s log breaks off', async () => {
    await open('v0.12.7');
    logEarlier(['alice', 'bob']);
    for (let n = 0; n < 150; n++) setup.gateway.spend('alice', { quota: 1000 });
    await wait(MINUTE);
    setup.gateway.settings.diesAtPage = 2;
    const { reports, own } = await ask(['alice', 'bob']);
    assert.deepEqual(reports.map(summary), [
      ['alice', 1.3, true, 'logs'],
      ['bob', 1, true, 'logs'],
    ]);
    assert.equal(own, 2);
  });

  it('is that part which came, where the keys cannot be asked', async () => {
    await open('v0.12.7');
    for (let n = 0; n < 150; n++) setup.gateway.spend('alice', { quota: 1000 });
    await wait(MINUTE);
    setup.gateway.settings.diesAtPage = 2;
    setup.gateway.setReply(`GET ${KEY_LOG}`, json(500, {}));
    const { reports } = await ask(['alice']);
    const [{ coverage, total } = assert.fail()] = reports;
    assert.deepEqual([coverage.complete, coverage.reason, total?.used], [false, 'broke-off', 0.2]);
  });

  it('is asked of a key that a person has separated', async () => {
    await open('v0.12.7');
    const record = setup.testWindow.keyService.findById(ids.alice ?? '') ?? assert.fail();
    await setup.testWindow.keyService.checks.separate(record);
    const { reports, own, account } = await ask(['alice', 'bob']);
    assert.deepEqual(
      reports.map(({ total }) => total?.used),
      [1, 1],
    );
    assert.deepEqual([own, account], [1, 2]);
  });

  it('is asked of the keys while the account is paused', async () => {
    await open('v0.12.7');
    const { keyService } = setup.testWindow;
    await keyService.checks.pause(keyService.findById(ids.team ?? '') ?? assert.fail());
    const { own, account } = await ask(['alice', 'bob']);
    assert.deepEqual([own, account], [2, 0]);
  });

  describe('where rows tell names alone', () => {
    it('is not that of a key of the same name before it', async () => {
      await open('one-api');
      // More than alice has ever spent: another key was called so.
      for (let n = 0; n < 10; n++) setup.gateway.spend('alice', { quota: 50_000 });
      Object.assign(setup.gateway.key('alice'), { used: 600_000, remain: 4_500_000 });
      await wait(6 * MINUTE);
      const { reports } = await ask(['alice']);
      const [{ total, source } = assert.fail()] = reports;
      assert.deepEqual([total?.used, source], [1, 'recorded']);
    });

    it('is not that of a key that had another name for a while', async () => {
      await open('one-api');
      const at = Math.floor(setup.clock.now() / 1000) - 300;
      const rows = ['alice', 'old name'].map(token_name => ({
        id: 0,
        created_at: at,
        type: 2,
        token_name,
        quota: 250_000,
      }));
      const data = { items: rows, total: 2, page_size: 100 };
      setup.gateway.setReply(`GET ${LOG}`, json(200, { success: true, message: '', data }));
      const { reports } = await ask(['alice']);
      const [{ total, source } = assert.fail()] = reports;
      assert.deepEqual([total?.used, source], [1, 'recorded']);
    });

    it('is not that of two keys in the list', async () => {
      await open('one-api', ['alice', 'bob', 'twin']);
      const { reports } = await ask(['alice', 'bob', 'twin']);
      assert.deepEqual(
        reports.map(({ scope, source }) => [scope.key, source]),
        [
          ['alice', 'logs'],
          ['bob', 'recorded'],
          ['twin', 'recorded'],
        ],
      );
    });
  });
});
