import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, it } from 'mocha';
import type { Unit } from '../../../../src/core/quota/unit.ts';
import { recordedUsage } from '../../../../src/services/usage/recordedUsage.ts';
import { databasePath } from '../../../../src/store/database.ts';
import { migrate } from '../../../../src/store/migrations.ts';
import type { GatewayOptions } from '../../../sampleGateways/options.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { DAY, HOUR, MINUTE } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';

const USD: Unit = { code: 'USD', source: 'gateway' };
/** Units for a dollar. */
const DOLLAR = 500_000;
const VERSION_BEFORE = 2;

describe('spend across what nobody saw change', () => {
  let setup: TestSetup;
  let id: string;

  afterEach(async () => {
    await setup.close();
    removeTempFolders();
  });

  const rows = () => setup.testWindow.store.history.historyRows(id, 0, Number.MAX_SAFE_INTEGER);
  const spent = () =>
    Number(
      rows()
        .reduce((sum, row) => sum + row.spent, 0)
        .toFixed(6),
    );
  const look = (afterMs = 0) => {
    setup.clock.jump(afterMs);
    return setup.testWindow.refreshKey(id);
  };

  describe('where billing is switched from a key’s figures to its account’s', () => {
    async function open(options: GatewayOptions): Promise<void> {
      setup = await TestSetup.open(
        { kind: 'oneApi', scenarios: { ok: {} }, ...options },
        { settings: { pollMs: DAY } },
      );
      // $20 granted, of which 5 are used.
      Object.assign(setup.gateway.key('ok'), { remain: 15 * DOLLAR, used: 5 * DOLLAR });
      id = await setup.testWindow.keyService.add(setup.key('ok'));
      await setup.testWindow.monitor.start();
      await look();
      setup.gateway.spend('ok', { quota: DOLLAR });
      await look(5 * MINUTE);
      assert.equal(spent(), 1);
    }

    // What the account has left and has used, in dollars.
    for (const [left, used] of [
      [100, 80],
      [40, 9],
      [3, 500],
      [2000, 7],
    ] as const) {
      it(`$${used} used and $${left} left: what others spent is not this key’s`, async () => {
        await open({});
        Object.assign(setup.gateway.key('ok'), { remain: left * DOLLAR, used: used * DOLLAR });
        await look(5 * MINUTE);
        assert.equal(spent(), 1);
        Object.assign(setup.gateway.key('ok'), { remain: 14 * DOLLAR, used: 6 * DOLLAR });
        await look(HOUR);
        await look(HOUR);
        assert.equal(spent(), 1, 'nor is it when it is switched back');
        setup.gateway.spend('ok', { quota: DOLLAR });
        await look(HOUR);
        assert.equal(spent(), 2, 'what the key spends then counts');
      });
    }

    it('nor is a top-up of tokens, which nothing converts, however much is spent with it', async () => {
      setup = await TestSetup.open(
        { scenarios: { ok: {} }, status: { quota_display_type: 'TOKENS' } },
        { settings: { pollMs: DAY } },
      );
      Object.assign(setup.gateway.key('ok'), { remain: 1000, used: 1000 });
      id = await setup.testWindow.keyService.add(setup.key('ok'));
      await setup.testWindow.monitor.start();
      await look();
      Object.assign(setup.gateway.key('ok'), { remain: 9000, used: 1900 });
      await look(5 * MINUTE);
      assert.equal(spent(), 900);
    });

    it('a top-up with some spend is none of that', async () => {
      await open({});
      Object.assign(setup.gateway.key('ok'), { remain: 63.5 * DOLLAR, used: 6.5 * DOLLAR });
      await look(5 * MINUTE);
      assert.equal(spent(), 1.5);
    });
  });

  describe('where an earlier version has recorded amounts without their scale', () => {
    /** A key with $18 left and $2 used when the version before looked last, in a database of that version. */
    async function upgraded(
      gateway: GatewayOptions,
      unit: Unit = USD,
      [left, used]: readonly (number | null)[] = [18e6, 2e6],
    ): Promise<void> {
      const folder = tempFolder();
      const storage = new MemorySecrets();
      setup = await TestSetup.open(
        { scenarios: { ok: {} }, ...gateway },
        { folder, storage, settings: { pollMs: DAY } },
      );
      id = await setup.testWindow.keyService.add(setup.key('ok'));
      await setup.testWindow.monitor.idle();
      const {
        fingerprint,
        kind,
        baseUrl: origin,
        label,
      } = setup.testWindow.keyService.findById(id) ?? assert.fail();
      setup.testWindow.store.close();
      const at = Math.floor(setup.clock.now() / 1000);
      for (const ending of ['', '-wal', '-shm']) rmSync(databasePath(folder) + ending, { force: true });
      const old = new DatabaseSync(databasePath(folder));
      migrate(old, VERSION_BEFORE);
      old
        .prepare(
          `INSERT INTO keys (no, id, label, kind, origin, credential, fingerprint, created_at)
             VALUES (1, ?, ?, ?, ?, 'apiKey', ?, 0)`,
        )
        .run(id, label, kind, origin, fingerprint);
      old.prepare('INSERT INTO units (no, code, symbol) VALUES (1, ?, ?)').run(unit.code, unit.symbol ?? '');
      old.prepare('INSERT INTO readings VALUES (1, ?, 0, 1, ?, ?, 0)').run(at, left ?? null, used ?? null);
      old
        .prepare('INSERT INTO meters (key_no, unit_no, high, remaining) VALUES (1, 1, ?, ?)')
        .run(used ?? null, left ?? null);
      old.prepare('INSERT INTO states (key_id, due_at) VALUES (?, ?)').run(id, setup.clock.now() + DAY);
      old.close();
      await setup.restart();
    }

    const has = (left: number, used: number) =>
      Object.assign(setup.gateway.key('ok'), { remain: left * DOLLAR, used: used * DOLLAR });
    const range = (unit: Unit = USD, hours = 1) =>
      recordedUsage(setup.testWindow.store, id, unit, {
        from: setup.clock.now() - hours * HOUR,
        to: setup.clock.now(),
      });

    it('goes on with them where what was granted shows that the scale is the same', async () => {
      await upgraded({});
      has(17.25, 2.75);
      await look(HOUR);
      assert.equal(spent(), 0.75);
      has(17, 3);
      await look(HOUR);
      assert.equal(spent(), 1);
      assert.deepEqual(
        rows().map(({ used, remaining }) => [used, remaining]),
        [
          [2, 18],
          [2.75, 17.25],
          [3, 17],
        ],
      );
      assert.deepEqual([range(USD, 2)?.total?.used, range(USD, 2)?.coverage.reason], [1, undefined]);
    });

    it('likewise where a unit is no whole number of the gateway’s own', async () => {
      const CNY: Unit = { code: 'CNY', source: 'gateway' };
      const status = { quota_display_type: 'CNY', usd_exchange_rate: 7.3 };
      await upgraded({ status }, CNY, [18 * 7.3e6, 2 * 7.3e6]);
      has(17, 3);
      await look(HOUR);
      assert.equal(spent(), 7.3);
      assert.equal(range(CNY)?.coverage.reason, undefined);
    });

    it('likewise for tokens, which have one scale, where nothing was granted', async () => {
      const TOKENS: Unit = { code: 'TOKENS', source: 'gateway' };
      await upgraded({ status: { quota_display_type: 'TOKENS' } }, TOKENS, [null, 1_000_000]);
      Object.assign(setup.gateway.key('ok'), { unlimited: true, remain: 0, used: 1_250_000 });
      await look(HOUR);
      assert.equal(spent(), 250_000);
    });

    it('does not where another scale, another key or a top-up may lie between', async () => {
      await upgraded({ status: { quota_per_unit: 250_000 } });
      has(17.25, 2.75);
      await look(HOUR);
      assert.equal(spent(), 0);
      assert.equal(range()?.coverage.reason, 'recorded-anew');
    });

    it('does not where a site converts amounts and something was granted meanwhile', async () => {
      await upgraded({ kind: 'oneApi' });
      has(68, 2.5);
      await look(HOUR);
      assert.equal(spent(), 0);
      assert.equal(range()?.coverage.reason, 'recorded-anew');
    });

    it('does not where the secret was replaced by one with as much granted', async () => {
      await upgraded({ scenarios: { ok: {}, other: {} } });
      Object.assign(setup.gateway.key('other'), { remain: 8 * DOLLAR, used: 12 * DOLLAR });
      const key = setup.testWindow.keyService.findById(id) ?? assert.fail();
      await setup.testWindow.keyService.replaceSecret(key, setup.gateway.secret('other'));
      await setup.testWindow.monitor.idle();
      await look(HOUR);
      assert.equal(setup.testWindow.keyState(id).reading?.quota?.used, 12);
      assert.equal(spent(), 0);
    });
  });

  describe('where a budget is reset', () => {
    /** Looks, lets the budget end after `endsInMs`, spend $3 in between, and looks again a minute after it. */
    async function open(endsInMs: number) {
      setup = await TestSetup.open({ kind: 'cheapestInference' }, { settings: { pollMs: 30 * DAY } });
      const key = setup.gateway.key('budget-spent');
      const plan = key.plan ?? assert.fail();
      const ends = (at: number) => new Date(at).toISOString();
      const began = setup.clock.now();
      key.plan = { ...plan, resetsAt: ends(began + endsInMs) };
      id = await setup.testWindow.keyService.add(setup.key('budget-spent'));
      await setup.testWindow.monitor.start();
      await look();
      key.plan = { ...plan, resetsAt: ends(began + endsInMs + 30 * DAY) };
      await look(endsInMs + MINUTE);
      const unit = setup.testWindow.keyState(id).reading?.unit ?? USD;
      return recordedUsage(setup.testWindow.store, id, unit, { from: began, to: setup.clock.now() })
        ?.coverage;
    }

    it('long after the last look: a range over it lacks what was spent until then, and says so', async () => {
      assert.deepEqual((await open(3 * HOUR))?.reason, 'recorded-gaps');
    });

    it('sixteen minutes after it as well', async () => {
      assert.deepEqual((await open(16 * MINUTE))?.reason, 'recorded-gaps');
    });

    it('just after a look: it does not', async () => {
      assert.deepEqual((await open(5 * MINUTE))?.complete, true);
    });
  });
});
