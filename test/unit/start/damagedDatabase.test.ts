import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { after, before, describe, it } from 'mocha';
import { databasePath } from '../../../src/store/database.ts';
import { BuiltWindows, buildInto } from '../support/builtWindows.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { fillDatabase } from '../support/fullDatabase.ts';
import { seededChance } from '../support/seededChance.ts';

const LABELS = ['first', 'second', 'third'];
const PAGE = 4096;
/** Far from any other test's, and near enough to now that nothing of it is out of date. */
const NOW = Date.now();

type Damage = (bytes: Buffer) => Buffer;

/** Fills a part of the file. */
const filled =
  (from: number, length: number, fill: () => number): Damage =>
  bytes => {
    for (let at = from; at < Math.min(from + length, bytes.length); at++) bytes[at] = fill();
    return bytes;
  };

describe('the built extension, started on a database', function () {
  this.timeout(120_000);
  const chance = seededChance(16);
  const garbage = () => Math.floor(chance() * 256);
  let windows: BuiltWindows;
  let sound: string;
  let secrets: [string, string][];

  before(() => {
    const dist = buildInto(tempFolder());
    windows = new BuiltWindows(dist);
    sound = tempFolder();
    secrets = fillDatabase(sound, LABELS, NOW);
  });

  after(async () => {
    await windows.close();
    removeTempFolders();
  });

  /** Opens a window, lets a person do things in it, and one more after it. */
  async function startOn(folder: string, what: string): Promise<{ said: readonly string[]; aside: number }> {
    const run = [
      ['keyQuota.pauseWarnings', { for: 'hour' }],
      ['keyQuota.resumeWarnings', undefined],
      ['keyQuota.refresh', 'first'],
    ] as const;
    const first = await windows.open({ folder, secrets, run, awaitKeys: LABELS.length });
    const second = await windows.open({ folder, secrets, run: [], awaitKeys: LABELS.length });
    for (const { labels } of [first, second]) assert.deepEqual([...labels].sort(), LABELS, what);
    const texts = [...first.notifications, ...first.results.map(({ thrown = '' }) => thrown)];
    // The name of the folder is made up, and may have any three letters in it.
    const broken = texts.filter(text =>
      /could not start|malformed|SQL|database disk/i.test(text.replaceAll(folder, '')),
    );
    assert.deepEqual(broken, [], what);
    const aside = readdirSync(folder).filter(name => /\.damaged-[\dTZ-]+$/.test(name)).length;
    const told = first.notifications.filter(text => text.includes('was damaged')).length;
    assert.equal(told, aside, `${what}: said ${told} times, set aside ${aside}`);
    assert.deepEqual(
      second.notifications.filter(text => /Key Quota’s database|its folder/.test(text)),
      [],
      what,
    );
    return { said: first.notifications, aside };
  }

  async function startDamaged(what: string, damage: Damage): Promise<number> {
    const folder = tempFolder();
    cpSync(sound, folder, { recursive: true });
    writeFileSync(databasePath(folder), damage(readFileSync(databasePath(folder))));
    return (await startOn(folder, what)).aside;
  }

  it('that is damaged while the window runs, has every key again and says so once', async () => {
    const folder = tempFolder();
    cpSync(sound, folder, { recursive: true });
    const refresh = ['keyQuota.refresh', undefined] as const;
    const order = { folder, secrets, awaitKeys: LABELS.length };
    const { notifications } = await windows.open({ ...order, damaged: true, run: [refresh, refresh] });
    const { labels } = await windows.open({ ...order, run: [] });
    assert.deepEqual([...labels].sort(), LABELS);
    assert.equal(notifications.filter(text => text.includes('was damaged')).length, 1);
  });

  it('that is sound, sets nothing aside', async () => {
    assert.equal(await startDamaged('sound', bytes => bytes), 0);
  });

  for (const table of ['requests_by_time', 'sqlite_autoindex_holds_1', 'silences', 'keys', 'states']) {
    it(`whose page of ${table} is overwritten, has every key again and says so once`, async () => {
      const database = new DatabaseSync(databasePath(sound));
      const { rootpage } =
        database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(table) ??
        assert.fail(table);
      database.close();
      const from = (Number(rootpage) - 1) * PAGE;
      assert.equal(
        await startDamaged(
          table,
          filled(from, PAGE, () => 0xff),
        ),
        1,
      );
    });
  }

  it('any page of which is overwritten, has every key again', async () => {
    const pages = readFileSync(databasePath(sound)).length / PAGE;
    // A dozen of them in each run; `KEY_QUOTA_ALL_PAGES` tries them all.
    const step = process.env.KEY_QUOTA_ALL_PAGES ? 1 : Math.ceil(pages / 12);
    for (let page = 0; page < pages; page += step) {
      await startDamaged(
        `page ${page + 1} of ${pages}, zeros`,
        filled(page * PAGE, PAGE, () => 0),
      );
      await startDamaged(`page ${page + 1} of ${pages}, garbage`, filled(page * PAGE, PAGE, garbage));
    }
  });

  const HEADS: Readonly<Record<string, Damage>> = {
    'a magic that is wrong': filled(0, 16, () => 0x20),
    'formats nobody knows': filled(18, 2, () => 9),
    'a page size that is none': filled(16, 2, () => 3),
    'a version from nowhere': filled(60, 4, () => 0x7f),
    'a version that is too old': filled(60, 4, () => 0),
    'its first page cut off': bytes => bytes.subarray(0, 1000),
    'half of it missing': bytes => bytes.subarray(0, PAGE * Math.floor(bytes.length / PAGE / 2)),
  };
  for (const [what, damage] of Object.entries(HEADS)) {
    it(`with ${what}, has every key again and says so once`, async () => {
      assert.equal(await startDamaged(what, damage), 1);
    });
  }

  it('of no length, has every key again', async () => {
    const folder = tempFolder();
    cpSync(sound, folder, { recursive: true });
    truncateSync(databasePath(folder), 0);
    await startOn(folder, 'zero length');
  });

  it('with garbage for a log, has every key', async () => {
    const folder = tempFolder();
    cpSync(sound, folder, { recursive: true });
    writeFileSync(`${databasePath(folder)}-wal`, Buffer.alloc(50_000).map(garbage));
    await startOn(folder, 'log');
  });

  for (const column of ['reading', 'failure', 'forecast']) {
    it(`with garbage in the column ${column}, shows all keys and loses nothing else`, async () => {
      const folder = tempFolder();
      cpSync(sound, folder, { recursive: true });
      for (const text of [
        'no JSON',
        '5',
        'null',
        '[]',
        '{}',
        '{"takenAt":7,"unit":3}',
        '{"unit":{"code":"USD"}}',
      ]) {
        const database = new DatabaseSync(databasePath(folder));
        database.prepare(`UPDATE states SET ${column} = ? WHERE key_id = 'first'`).run(text);
        database.close();
        assert.equal((await startOn(folder, text)).aside, 0);
      }
    });
  }

  for (const time of ['8700000000000000', '9000000000000000000']) {
    it(`with the time ${time}, shows all keys`, async () => {
      const folder = tempFolder();
      cpSync(sound, folder, { recursive: true });
      const database = new DatabaseSync(databasePath(folder));
      database.exec(`UPDATE states SET checked_at = ${time}, due_at = -${time} WHERE key_id = 'second'`);
      database.close();
      await startOn(folder, time);
    });
  }
});
