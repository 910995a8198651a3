import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { KeyRecord } from '../../../../src/core/quota/key.ts';
import { toUserError } from '../../../../src/services/databaseErrors.ts';
import { SpendingLimitService } from '../../../../src/services/spendingLimits/spendingLimitService.ts';
import { HistoryService } from '../../../../src/services/usage/historyService.ts';
import { MuteService } from '../../../../src/services/warnings/muteService.ts';
import { databasePath, type OpenDatabase } from '../../../../src/store/database.ts';
import { SCHEMA_VERSION } from '../../../../src/store/migrations.ts';
import { openDatabase } from '../../../../src/store/openDatabase.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { asOrdinaryUser } from '../../support/ordinaryUser.ts';
import { HOUR } from '../../support/samples.ts';
import { TestWindow } from '../../support/testWindow.ts';

describe('what a person changes', () => {
  let gateway: SampleGateway;
  let folder: string;
  let storage: MemorySecrets;
  let testWindow: TestWindow;
  let disk: DatabaseSync;
  let id: string;
  let isFull: boolean;

  const open: OpenDatabase = (...where) => {
    const opened = openDatabase(...where);
    disk = opened.database;
    if (isFull) fillUp();
    return opened;
  };
  /** Every write needs room, as on a real disk. */
  const fillUp = () => {
    const pages = disk.prepare('PRAGMA page_count').get()?.page_count;
    disk.exec(`PRAGMA max_page_count = ${Number(pages)}`);
    for (const table of [
      'fired',
      'key_rules',
      'keys',
      'meters',
      'series',
      'silences',
      'snoozes',
      'spending_limits',
      'write_probe',
    ])
      for (const event of ['INSERT', 'UPDATE', 'DELETE'])
        disk.exec(`CREATE TEMP TRIGGER ${table}_${event} AFTER ${event} ON main.${table}
          BEGIN INSERT INTO holds VALUES (hex(zeroblob(4000000)), '${table}', 0, 0); END`);
  };
  const record = (): KeyRecord => testWindow.keyService.findById(id) ?? assert.fail('no key');
  const secretOf = (key: string) => JSON.parse(storage.entries.get(`key:${key}`) ?? '{}').secret;

  const mutes = () => new MuteService(testWindow.store, testWindow.clock);
  /** What a command says of it. */
  const said = async (work: () => unknown) => {
    try {
      await work();
    } catch (error) {
      throw toUserError(error);
    }
  };

  /** Each change, and what a window that starts afterwards must not see when it was refused. */
  const CHANGES: Readonly<Record<string, () => Promise<unknown>>> = {
    added: () => testWindow.addKey(gateway, 'unused'),
    renamed: () => testWindow.keyService.rename(record(), 'Renamed'),
    pinned: () => testWindow.keyService.pin(record(), true),
    'given another secret': () => testWindow.keyService.replaceSecret(record(), gateway.secret('unused')),
    removed: () => testWindow.keyService.remove(record()),
    'cleared of its history': () =>
      said(() => new HistoryService(testWindow.store, testWindow.clock).eraseHistory(id)),
    'given warnings of its own': () => said(() => mutes().setRules(id, { off: true })),
    'given a spending limit': () =>
      said(() =>
        new SpendingLimitService(testWindow.store).setLimit({
          scope: { of: 'key', keyId: id },
          period: 'day',
          amount: 5,
          unit: { code: 'USD' },
        }),
      ),
    snoozed: () => said(() => mutes().snooze([id], HOUR)),
    'silenced with all others': () => said(() => mutes().pause(HOUR)),
    'heard again with all others': () => said(() => mutes().resume()),
  };

  /** Each trouble, and what the sentence says. */
  const TROUBLES: Readonly<Record<string, readonly [trouble: () => void, sentence: RegExp]>> = {
    'the disk is full': [
      () => {
        isFull = true;
        fillUp();
      },
      /cannot write to its folder.*nothing was changed/,
    ],
    'a newer version has taken the file over': [
      () => {
        const newer = new DatabaseSync(databasePath(folder));
        newer.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
        newer.close();
      },
      /newer version of Key Quota, so nothing was changed/,
    ],
  };

  beforeEach(async () => {
    isFull = false;
    gateway = await startSampleGateway();
    folder = tempFolder();
    storage = new MemorySecrets();
    testWindow = new TestWindow({ folder, storage, openDatabase: open });
    await testWindow.monitor.start();
    id = await testWindow.addKey(gateway, 'ok');
    await testWindow.monitor.idle();
    await mutes().pause(2 * HOUR);
  });

  afterEach(async () => {
    await testWindow.close();
    await gateway.close();
    removeTempFolders();
  });

  for (const [trouble, [make, sentence]] of Object.entries(TROUBLES)) {
    for (const [change, act] of Object.entries(CHANGES)) {
      it(`is refused with a sentence, and leaves everything as it was: ${change} while ${trouble}`, async () => {
        make();
        // The first time the store notices; from then on it is in memory.
        for (const _time of [1, 2]) await assert.rejects(act(), sentence);
        assert.deepEqual([...storage.entries.keys()], [`key:${id}`]);
        assert.equal(secretOf(id), gateway.secret('ok'));
        await testWindow.close();
        const left = new DatabaseSync(databasePath(folder), { readOnly: true });
        const rows = left.prepare('SELECT id, label, pinned FROM keys').all();
        const recorded = left.prepare('SELECT count(*) AS series FROM series').get()?.series;
        const rules = left.prepare('SELECT count(*) AS rules FROM key_rules').get()?.rules;
        const limits = left.prepare('SELECT count(*) AS limits FROM spending_limits').get()?.limits;
        const snoozed = left.prepare('SELECT count(*) AS snoozes FROM snoozes').get()?.snoozes;
        const pauses = left
          .prepare('SELECT lasts FROM silences')
          .all()
          .map(({ lasts }) => lasts);
        left.close();
        assert.deepEqual([recorded, rules, limits, snoozed, pauses], [1, 0, 0, 0, [2 * HOUR]]);
        assert.deepEqual(
          rows.map(row => ({ ...row })),
          [{ id, label: 'ok', pinned: 0 }],
        );
      });
    }
  }

  it('is kept again as soon as the full disk has room, without a reload', async () => {
    isFull = true;
    fillUp();
    await assert.rejects(testWindow.keyService.rename(record(), 'Renamed'), /cannot write to its folder/);
    assert.equal(testWindow.store.shared, false);
    isFull = false;
    await testWindow.keyService.rename(record(), 'Renamed');
    assert.equal(testWindow.store.shared, true);
    await testWindow.close();
    testWindow = new TestWindow({ folder, storage });
    assert.equal(record().label, 'Renamed');
  });

  const GONE: Readonly<Record<string, () => void>> = {
    'its log was removed': () => rmSync(`${databasePath(folder)}-wal`),
    'its log and its shared memory were removed': () => {
      for (const part of ['wal', 'shm']) rmSync(`${databasePath(folder)}-${part}`);
    },
    'its file was removed': () => rmSync(databasePath(folder)),
    'all its files were removed': () => {
      for (const part of ['', '-wal', '-shm']) rmSync(databasePath(folder) + part);
    },
    'its folder was removed': () => rmSync(folder, { recursive: true }),
  };
  for (const [what, remove] of Object.entries(GONE)) {
    it(`is kept, with all that was there, although ${what}`, async () => {
      remove();
      const second = await testWindow.addKey(gateway, 'unused');
      await testWindow.keyService.pin(record(), true);
      await testWindow.close();
      testWindow = new TestWindow({ folder, storage });
      await testWindow.monitor.start();
      assert.deepEqual(
        testWindow.monitor.snapshot.map(key => [key.id, key.label, key.pinned]),
        [
          [id, 'ok', true],
          [second, 'unused', false],
        ],
      );
    });
  }

  it('is refused in a folder that may only be read, where figures, pins and marks are there to be read', async () => {
    await testWindow.keyService.pin(record(), true);
    testWindow.store.transaction(() => testWindow.store.fired.saveFired(id, 'low', 'said'));
    const { reading } = testWindow.keyState(id);
    await testWindow.close();
    const bytes = readFileSync(databasePath(folder));
    chmodSync(databasePath(folder), 0o444);
    chmodSync(folder, 0o555);
    testWindow = new TestWindow({
      folder,
      storage,
      openDatabase: (...where) => asOrdinaryUser(() => openDatabase(...where)),
    });
    assert.deepEqual(testWindow.store.trouble, { kind: 'unwritable' });
    await testWindow.monitor.start();
    const { pinned, reading: read } = testWindow.keyState(id);
    assert.deepEqual({ pinned, quota: read?.quota }, { pinned: true, quota: reading?.quota });
    assert.equal(testWindow.store.fired.firedOf(id).get('low'), 'said');
    await assert.rejects(testWindow.addKey(gateway, 'unused'), /cannot write to its folder/);
    assert.deepEqual([...storage.entries.keys()], [`key:${id}`]);
    chmodSync(folder, 0o755);
    assert.deepEqual(readFileSync(databasePath(folder)), bytes);
  });

  it('is read from the log too, in a folder that may only be read', async () => {
    await testWindow.keyService.rename(record(), 'In the log');
    // A window that died leaves file and log behind.
    const copy = tempFolder();
    for (const part of ['', '-wal'])
      writeFileSync(databasePath(copy) + part, readFileSync(databasePath(folder) + part), { mode: 0o444 });
    chmodSync(copy, 0o555);
    const other = asOrdinaryUser(() => new TestWindow({ folder: copy, storage }));
    assert.equal(other.keyService.findById(id)?.label, 'In the log');
    await other.close();
    chmodSync(copy, 0o755);
    assert.ok(!existsSync(`${databasePath(copy)}-shm`));
  });

  it('is added all the same when the database turns out to be damaged just then', async () => {
    writeFileSync(databasePath(folder), 'x'.repeat(300_000));
    writeFileSync(`${databasePath(folder)}-wal`, 'y'.repeat(300_000));
    const second = await testWindow.addKey(gateway, 'unused');
    await testWindow.close();
    testWindow = new TestWindow({ folder, storage });
    await testWindow.monitor.start();
    // As the extension does where the database had to start over.
    if (testWindow.store.fresh) await testWindow.orphanedSecretService.restoreRecords();
    assert.deepEqual(testWindow.monitor.snapshot.map(key => key.id).sort(), [id, second].sort());
  });
});
