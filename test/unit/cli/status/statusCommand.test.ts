import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { runCommandLine } from '../../../../src/cli/commandLine.ts';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import { SCHEMA_VERSION } from '../../../../src/store/migrations.ts';
import { captured } from '../../support/captured.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { storeFigures } from '../../support/storedFigures.ts';

describe('key-quota status, of a database', () => {
  let folder: string;
  let file: string;

  const status = (...args: string[]) =>
    captured(() => runCommandLine(['status', '--database', file, ...args]));
  /** What is in the folder, to the byte and the moment, but for the memory that SQLite shares. */
  const everything = () =>
    readdirSync(folder).map(name => {
      const path = join(folder, name);
      return [name, statSync(path).mtimeMs, name.endsWith('-shm') || readFileSync(path, 'latin1')];
    });

  beforeEach(() => {
    folder = tempFolder();
    file = join(folder, 'key-quota.db');
  });
  afterEach(removeTempFolders);

  it('shows what is left, where, and how old that is, what needs attention first', async () => {
    const now = Date.now();
    const store = storeFigures(folder, [
      { id: 'a', label: 'Main', left: 15, takenAt: now - 5 * 60_000 },
      { id: 'b', label: 'Batch', left: 1, baseUrl: 'https://other.example/newapi' },
      { id: 'c', label: 'New' },
    ]);
    const { code, stdout } = await status();
    store.close();
    assert.equal(code, 0);
    assert.deepEqual(stdout.trimEnd().split('\n'), [
      'KEY    GATEWAY                                 LEFT  STATUS          AS OF',
      'Batch  other.example/newapi    $1.00 of $20.00 (5%)  low             just now',
      'Main   gw.example            $15.00 of $20.00 (75%)  ok              5 minutes ago',
      'New    gw.example                                 –  no figures yet  not yet',
    ]);
  });

  it('reads what a window has just written, writes nothing, and keeps no window from writing', async () => {
    const store = storeFigures(folder, [{ id: 'a', left: 15 }]);
    store.transaction(() => store.keys.renameKey('a', 'Renamed'));
    const before = everything();
    assert.ok(before.some(([name]) => name === 'key-quota.db-wal'));
    const { stdout } = await status();
    assert.match(stdout, /^Renamed /m);
    assert.deepEqual(everything(), before);
    store.transaction(() => store.keys.renameKey('a', 'Again'));
    store.close();
  });

  it('makes no file beside a database that no window has open', async () => {
    storeFigures(folder, [{ id: 'a', left: 15 }]).close();
    const before = everything();
    assert.deepEqual(
      before.map(([name]) => name),
      ['key-quota.db'],
    );
    assert.equal((await status()).code, 0);
    assert.deepEqual(everything(), before);
  });

  it('gives programs the states, without a secret or a fingerprint', async () => {
    const store = storeFigures(folder, [{ id: 'a', label: 'Main', left: 5, takenAt: Date.now() }]);
    const last = store.states.stateOf('a') ?? assert.fail();
    const accountKeys = [{ id: 'digest of a key', name: 'Batch' }];
    const reading = { ...(last.reading ?? assert.fail()), accountKeys };
    store.transaction(() => store.states.saveState({ ...last, reading }));
    store.close();
    const [state, ...others] = JSON.parse((await status('--json')).stdout) as KeyState[];
    assert.deepEqual(others, []);
    assert.deepEqual(
      [state?.id, state?.label, state?.status, state?.reading?.quota?.remaining],
      ['a', 'Main', 'ok', 5],
    );
    assert.deepEqual(state?.reading?.accountKeys, [{ name: 'Batch' }]);
    assert.ok(!JSON.stringify(state).includes('fingerprint'));
  });

  it('counts a key as low by what the user has set', async () => {
    const store = storeFigures(folder, [{ id: 'a', left: 5 }]);
    const low = { percent: 30, amounts: {} };
    const shared = {
      agents: { enabled: false, names: false },
      pollMs: 300_000,
      low,
      monthBegins: 1,
      gateways: [],
    };
    store.transaction(() => store.sharedSettings.saveText('settings', JSON.stringify(shared)));
    assert.match((await status()).stdout, /\(25%\) {2}low/);
    store.transaction(() => store.sharedSettings.saveText('settings', '{"agents":'));
    assert.match((await status()).stdout, /\(25%\) {2}ok/);
    store.close();
  });

  it('tells one key, by its name, and says where there is none', async () => {
    storeFigures(folder, [
      { id: 'a', label: 'Main', left: 15 },
      { id: 'b', label: 'Batch', left: 1 },
    ]).close();
    assert.equal((await status('--line', '--key', 'main')).stdout, 'Main $15.00 (75%)\n');
    const none = await status('--key', 'Nobody');
    assert.deepEqual([none.code, none.stdout, none.stderr], [69, '', 'There is no key “Nobody”.\n']);
  });

  it('says which of several keys is not there, and exits with an error for that', async () => {
    storeFigures(folder, [{ id: 'a', label: 'Main', left: 15 }]).close();
    const two = ['--key', 'Main', '--key', 'Mian'];
    const some = await status('--line', ...two);
    assert.deepEqual(
      [some.code, some.stdout, some.stderr],
      [69, 'Main $15.00 (75%)\n', 'There is no key “Mian”.\n'],
    );
    assert.equal((await status(...two, '--fail-below', '20')).code, 69);
    assert.equal((await status(...two, '--fail-below', '80')).code, 1);
    const other = join(folder, 'other.db');
    assert.equal((await status('--database', other)).code, 0);
    assert.equal((await status('--database', other, '--fail-below', '20')).code, 69);
    assert.equal((await status('--database', other, '--fail-below', '20', '--key', 'Main')).code, 0);
  });

  it('exits by the threshold: above, below, not known', async () => {
    const now = Date.now();
    storeFigures(folder, [
      { id: 'a', label: 'Main', left: 15 },
      { id: 'b', label: 'Batch', left: 1 },
      { id: 'c', label: 'Old', left: 15, takenAt: now - 30 * 86_400_000 },
    ]).close();
    const codes = [];
    for (const [key, percent] of [
      ['Main', '75'],
      ['Main', '75.1'],
      ['Batch', '20'],
      ['Old', '20'],
    ] as const)
      codes.push((await status('--key', key, '--fail-below', percent)).code);
    assert.deepEqual(codes, [0, 1, 1, 69]);
    assert.equal((await status('--fail-below', '20')).code, 1);
  });

  for (const [what, spoil, sentence] of [
    [
      'that a newer version has written',
      (path: string) => {
        const database = new DatabaseSync(path);
        database.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
        database.close();
      },
      /was written by a newer version of Key Quota than this command: update it/,
    ],
    [
      'that is damaged',
      (path: string) => writeFileSync(path, 'no database'.repeat(1000)),
      /could not be read/,
    ],
    [
      'of another program',
      (path: string) => {
        writeFileSync(path, '');
        const database = new DatabaseSync(path);
        database.exec('CREATE TABLE keys (x)');
        database.close();
      },
      /could not be read/,
    ],
  ] as const)
    it(`refuses a database ${what} with a sentence, and changes nothing of it`, async () => {
      storeFigures(folder, [{ id: 'a', left: 15 }]).close();
      spoil(file);
      const before = everything();
      const { code, stdout, stderr } = await status('--fail-below', '20');
      assert.deepEqual([code, stdout], [69, '']);
      assert.match(stderr, sentence);
      assert.deepEqual(everything(), before);
    });

  it('says so where there is no file', async () => {
    const { code, stderr } = await status();
    assert.equal(code, 69);
    assert.match(stderr, /could not be read as the database of Key Quota\.\n$/);
  });

  for (const [args, sentence] of [
    [['--json', '--line'], 'Either --json or --line.'],
    [['--server', 'https://a.example'], 'One of --database, --config and --server.'],
    [['--config', 'key-quota.json'], 'One of --database, --config and --server.'],
    [['--fail-below', '200'], '--fail-below needs a number of per cent'],
    [['--fail-below', 'x'], '--fail-below needs a number of per cent'],
    [['--secret', 'x'], 'There is no option “--secret”.'],
    [['--token-file', 'x'], '--token-file is for --server'],
  ] as const)
    it(`refuses ${args.join(' ')}`, async () => {
      const { code, stderr } = await status(...args);
      assert.equal(code, 2);
      assert.ok(stderr.startsWith(sentence), stderr);
    });
});
