import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Readable, Writable } from 'node:stream';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { canary, Search, searchedText } from '../canary/search.ts';
import { searchProcess } from '../canary/searchProcess.ts';
import { accessTokenFor, managementKeyFor, passwordFor, secretFor } from '../sampleGateways/secrets.ts';
import { startSampleGateway } from '../sampleGateways/server.ts';
import { Holdings } from '../sampleGateways/state/holdings.ts';
import type { Call } from '../sampleGateways/wire/call.ts';
import { withoutOwnSecrets } from '../sampleGateways/withoutOwnSecrets.ts';
import { removeTempFolders, tempFolder } from './support/folders.ts';
import { TestWindow } from './support/testWindow.ts';

const SECRET = secretFor('planted');
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** How a secret may be written where nobody wants it. */
const FORMS: Readonly<Record<string, string>> = {
  plain: SECRET,
  'URL-encoded': encodeURIComponent(`key=${SECRET}`),
  'URL-encoded character by character': [...SECRET]
    .map(character => `%${character.charCodeAt(0).toString(16)}`)
    .join(''),
  'URL-encoded in capitals': [...SECRET]
    .map(character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .join(''),
  'in base64': base64(SECRET),
  'in base64 after one character': base64(`:${SECRET}`),
  'in base64 after two': base64(`me${SECRET}`),
  'in base64 for URLs': Buffer.from(`me:${SECRET}`).toString('base64url'),
  'a password': passwordFor('planted'),
  'an access token': accessTokenFor('planted'),
  'a management key': managementKeyFor('planted'),
  'in part': SECRET.slice(10, 30),
};

describe('the search for marked secrets', () => {
  // Not where the search of this run looks.
  const folder = join(tmpdir(), '..', `kq-planted-${process.pid}`);
  beforeEach(() => mkdirSync(folder));
  afterEach(() => rmSync(folder, { recursive: true }));

  for (const [form, text] of Object.entries(FORMS)) {
    it(`finds one in a file, ${form}`, () => {
      writeFileSync(join(folder, 'log.txt'), `2026-06-15 asked ${text} and went on`);
      const search = new Search();
      search.folder(folder);
      assert.equal(search.result.files, 1);
      assert.equal(search.result.found.length, 1);
      assert.match(searchedText(search.result), /^canary: 1 files, .* 1 found\n/);
    });
  }

  it('finds one in a page of a database, even after its row is gone', () => {
    const database = new DatabaseSync(join(folder, 'x.db'));
    database.exec('CREATE TABLE notes (text TEXT)');
    database.prepare('INSERT INTO notes VALUES (?)').run(SECRET);
    database.exec('DELETE FROM notes');
    database.close();
    const search = new Search();
    search.folder(folder);
    assert.equal(search.result.found.length, 1);
  });

  it('finds one in the name of a file', () => {
    writeFileSync(join(folder, SECRET), '');
    const search = new Search();
    search.folder(folder);
    assert.equal(search.result.found.length, 1);
  });

  // What Linux tells all programs of one user about each other.
  if (process.platform === 'linux')
    it('finds one in the command line and in the environment of a program, and of one that it started', async () => {
      // The second one says that it has begun: while Linux starts a program, it shows neither line nor environment.
      const child = spawn('sh', ['-c', `sh -c 'echo started; read line <&3' & wait`, SECRET], {
        env: { ...process.env, PLANTED: SECRET },
        stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
      });
      await once(child.stdio[1] as Readable, 'data');
      const search = new Search();
      searchProcess('a program', child.pid ?? 0, search);
      const places = search.result.found.map(place => /^the (\w+) of a program \((\d+)\)/.exec(place) ?? []);
      const placesOf = (own: boolean) =>
        places.filter(([, , pid]) => (Number(pid) === child.pid) === own).map(([, file]) => file);
      assert.deepEqual(placesOf(true), ['cmdline', 'environ']);
      assert.deepEqual(placesOf(false), ['environ']);
      (child.stdio[3] as Writable).end();
      await once(child, 'close');
    });

  it('takes what has gone for nothing that was left, a program as well as a folder', () => {
    const search = new Search();
    search.folder(join(folder, 'gone'));
    if (process.platform === 'linux') searchProcess('a program', spawnSync('true').pid, search);
    assert.deepEqual(search.result, { files: 0, bytes: 0, requests: 0, found: [] });
  });

  it('finds none where there is none', () => {
    writeFileSync(join(folder, 'log.txt'), 'a canary in a coal mine, Canary, sk-abcdefgh');
    const search = new Search();
    search.folder(folder);
    search.text('a page', base64('a canary in a coal mine'));
    assert.deepEqual(search.result.found, []);
    assert.equal(search.result.files, 1);
  });
});

describe('the search of this run', () => {
  it('goes through folders before they are removed, and through what windows say', async () => {
    const before = canary.result;
    writeFileSync(join(tempFolder(), 'x'), '12345');
    removeTempFolders();
    const { files, bytes } = canary.result;
    assert.deepEqual([files - before.files, bytes - before.bytes], [1, 5]);
    const testWindow = new TestWindow();
    testWindow.logLines.push('asked');
    await testWindow.close();
    // The database, the line, and the empty list of keys.
    assert.ok(canary.result.files > files);
    assert.ok(canary.result.bytes >= bytes + 'asked'.length + '[]'.length);
  });

  it('goes through what gateways are sent', async () => {
    const gateway = await startSampleGateway();
    const before = canary.result.requests;
    await (await fetch(`${gateway.origin}/api/status`)).text();
    await gateway.close();
    assert.equal(canary.result.requests, before + 1);
  });
});

describe('a request that a sample gateway gets', () => {
  const holdings = new Holdings(() => 0);
  holdings.addKey('own', {}, { account: 'team' });
  const call = (more: Partial<Call>): Call => ({
    method: 'GET',
    path: '/api/usage/token/',
    search: '',
    query: new URLSearchParams(),
    headers: {},
    body: '',
    client: '127.0.0.1',
    ...more,
  });
  const foundIn = (more: Partial<Call>): number => {
    const search = new Search();
    search.request('a request', withoutOwnSecrets(holdings, call(more)));
    assert.equal(search.result.requests, 1);
    return search.result.found.length;
  };

  it('may carry the secrets that the gateway gave out', () => {
    assert.equal(foundIn({ headers: { authorization: `Bearer ${holdings.key('own').secret}` } }), 0);
    assert.equal(foundIn({ headers: { authorization: holdings.account('team').accessToken } }), 0);
    assert.equal(foundIn({ search: `?key=${holdings.key('own').secret}` }), 0);
  });

  /** A secret of another origin, wherever it may stand. */
  const PLACES: Readonly<Record<string, Partial<Call>>> = {
    'in its path': { path: `/v1/${SECRET}` },
    'in its query': { search: `?next=${encodeURIComponent(`https://gw.example/?key=${SECRET}`)}` },
    'in a header': { headers: { authorization: `Bearer ${SECRET}` } },
    'in a header that was sent twice': { headers: { 'set-cookie': ['a=b', `key=${SECRET}`] } },
    'in the login of a proxy': {
      headers: { 'proxy-authorization': `Basic ${base64(`me:${passwordFor('planted')}`)}` },
    },
    'in its body': { body: JSON.stringify({ messages: [SECRET] }) },
    'beside its own': { headers: { authorization: `Bearer ${holdings.key('own').secret}`, referer: SECRET } },
  };
  for (const [place, more] of Object.entries(PLACES)) {
    it(`must not carry another one ${place}`, () => assert.equal(foundIn(more), 1));
  }
});
