import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { CannotStart } from '../../../../src/cli/serve/openStore.ts';
import { SCHEMA_VERSION } from '../../../../src/store/migrations.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { tokenFor } from '../../support/configurationFolder.ts';
import { removeTempFolders } from '../../support/folders.ts';
import { OtlpCollector } from '../../support/otlpCollector.ts';
import { READER, SCRAPER, TeamServer } from '../../support/teamServer.ts';
import { untilAsync } from '../../support/until.ts';

describe('a team server', () => {
  let gateway: SampleGateway;
  let server: TeamServer;

  beforeEach(async () => {
    gateway = await startSampleGateway();
    server = new TeamServer();
  });
  afterEach(async () => {
    await server.close();
    await gateway.close();
    removeTempFolders();
  });

  const allRead = () => untilAsync(async () => (await server.keys()).every(({ reading }) => reading));
  const ids = async () => (await server.keys()).map(({ id }) => id);

  it('tells readers what their gateway says of each key, under the server’s own ids', async () => {
    await server.start([server.key(gateway, 'ok'), server.key(gateway, 'low')]);
    await allRead();
    const answer = await server.get('/v1/keys', READER);
    const { schema, at, salt, keys } = (await answer.json()) as Awaited<ReturnType<Response['json']>>;
    assert.equal(schema, 'key-quota/team/1');
    assert.ok(Math.abs(Date.parse(at) - Date.now()) < 60_000, at);
    assert.match(salt, /^[0-9a-f]{64}$/);
    const remaining = (handle: string) => gateway.key(handle).remain / 500_000;
    for (const [index, handle] of ['ok', 'low'].entries()) {
      const { id, label, kind, origin, status, reading } = keys[index];
      assert.match(id, /^[0-9a-f]{16}$/);
      assert.deepEqual(
        [label, kind, origin, status, reading.quota.remaining],
        [handle, 'newApi', gateway.origin, handle, remaining(handle)],
      );
    }
    assert.deepEqual(
      ['cache-control', 'x-content-type-options', 'content-type', 'access-control-allow-origin'].map(name =>
        answer.headers.get(name),
      ),
      ['no-store', 'nosniff', 'application/json', null],
    );
  });

  it('tells a reader of the keys that its patterns name, and of no others', async () => {
    server.at.secretFile('ml', tokenFor('ml'));
    await server.start(
      [server.key(gateway, 'ok', { name: 'ML batch' }), server.key(gateway, 'low', { name: 'Web' })],
      {
        readers: [
          { name: 'all', tokenFile: 'reader' },
          { name: 'ml', tokenFile: 'ml', keys: ['ML *'] },
        ],
      },
    );
    assert.deepEqual(
      (await server.keys(tokenFor('ml'))).map(({ label }) => label),
      ['ML batch'],
    );
    assert.deepEqual(
      (await server.keys()).map(({ label }) => label),
      ['ML batch', 'Web'],
    );
  });

  it('says that nothing has changed, to whoever has the answer already', async () => {
    await server.start([server.key(gateway, 'ok')]);
    await allRead();
    // What it spent is worked out later, and changes the answer.
    let again = await server.get('/v1/keys', READER);
    await untilAsync(async () => {
      const etag = again.headers.get('etag');
      again = await server.get('/v1/keys', READER, { 'if-none-match': `"other", ${etag}` });
      return again.status === 304 && again.headers.get('etag') === etag;
    });
    assert.equal(await again.text(), '');
    const kept = (answer: Response) => ['vary', 'cache-control'].map(name => answer.headers.get(name));
    assert.deepEqual(kept(again), ['accept-encoding', 'no-store']);
    assert.deepEqual(kept(again), kept(await server.get('/v1/keys', READER)));
    assert.equal((await server.get('/v1/keys', READER, { 'if-none-match': '"other"' })).status, 200);
  });

  it('compresses for those who take that', async () => {
    await server.start([
      server.key(gateway, 'ok'),
      server.key(gateway, 'low'),
      server.key(gateway, 'expired'),
    ]);
    const plain = await server.get('/metrics', SCRAPER, { 'accept-encoding': 'identity' });
    assert.equal(plain.headers.get('content-encoding'), null);
    const { port } = new URL(server.address);
    const { request } = await import('node:http');
    const packed = await new Promise<Buffer>((resolve, reject) => {
      const headers = { authorization: `Bearer ${SCRAPER}`, 'accept-encoding': 'gzip' };
      request({ host: '127.0.0.1', port, path: '/metrics', headers }, answer => {
        assert.equal(answer.headers['content-encoding'], 'gzip');
        const parts: Buffer[] = [];
        answer.on('data', part => parts.push(part)).on('end', () => resolve(Buffer.concat(parts)));
      })
        .on('error', reject)
        .end();
    });
    assert.match(gunzipSync(packed).toString(), /^key_quota_build_info\{version="from source"\} 1$/m);
  });

  it('says in metrics what the gateway says, and nothing where that is not known', async () => {
    await server.start([
      server.key(gateway, 'ok'),
      server.key(gateway, 'unlimited-once-limited'),
      server.key(gateway, 'expired'),
    ]);
    await untilAsync(async () => Object.keys(await server.metric('key_quota_unlimited')).length >= 2);
    const [ok, unlimited, expired] = await ids();
    const labels = (id = '', name = '') =>
      `{key_id="${id}",key_name="${name}",server_address="${new URL(gateway.origin).host}"}`;
    const of = async (name: string) => (await server.metric(name))[labels(ok, 'ok')];
    const key = gateway.key('ok');
    assert.equal(await of('key_quota_remaining_usd'), key.remain / 500_000);
    assert.equal(await of('key_quota_usage_usd'), key.used / 500_000);
    assert.equal(await of('key_quota_limit_usd'), (key.remain + key.used) / 500_000);
    assert.equal(
      (await server.metric('key_quota_unlimited'))[labels(unlimited, 'unlimited-once-limited')],
      1,
    );
    for (const name of ['key_quota_remaining_usd', 'key_quota_remaining_ratio', 'key_quota_limit_usd'])
      assert.equal((await server.metric(name))[labels(unlimited, 'unlimited-once-limited')], undefined, name);
    const expiredLabels = labels(expired, 'expired').slice(0, -1);
    await untilAsync(
      async () => (await server.metric('key_quota_status'))[`${expiredLabels},status="expired"}`] === 1,
    );
    const statuses = Object.entries(await server.metric('key_quota_status')).filter(([each]) =>
      each.startsWith(expiredLabels),
    );
    assert.equal(statuses.length, 8);
    assert.equal(
      statuses.reduce((sum, [, value]) => sum + value, 0),
      1,
    );
  });

  it('counts every call that it makes, and every refusal', async () => {
    await server.start([server.key(gateway, 'ok')]);
    await allRead();
    const calls = await server.metric('key_quota_gateway_calls_total');
    const sum = Object.values(calls).reduce((all, each) => all + each, 0);
    await untilAsync(async () => {
      const now = Object.values(await server.metric('key_quota_gateway_calls_total'));
      return now.reduce((all, each) => all + each, 0) === gateway.calls.length;
    });
    assert.ok(sum > 0);
    assert.deepEqual(
      Object.values(await server.metric('key_quota_gateway_refused_total')),
      Object.values(calls).map(() => 0),
    );
  });

  it('names no key in metrics where the configuration has names left out', async () => {
    await server.start([server.key(gateway, 'ok', { name: 'Project Falcon' })], { names: false });
    await allRead();
    const text = await (await server.get('/metrics', SCRAPER)).text();
    assert.ok(text.includes('key_quota_remaining_usd{key_id='));
    assert.ok(!text.includes('key_name') && !text.includes('Falcon'));
  });

  it('has its figures again after a restart, under the same ids, and asks for nothing twice', async () => {
    const keys = [server.key(gateway, 'ok'), server.key(gateway, 'low')];
    await server.start(keys);
    await allRead();
    const [before, calls] = [await ids(), gateway.calls.length];
    await server.close();
    await server.start(keys);
    assert.deepEqual(await ids(), before);
    assert.ok((await server.keys()).every(({ reading }) => reading));
    await server.close();
    assert.equal(gateway.calls.length, calls);
  });

  it('knows a key by its secret, whatever it is called, and by its name when its secret is replaced', async () => {
    await server.start([server.key(gateway, 'ok', { name: 'A' }), server.key(gateway, 'low', { name: 'B' })]);
    await allRead();
    const [a, b] = await ids();
    await server.close();
    await server.start([
      server.key(gateway, 'ok', { name: 'A renamed' }),
      server.key(gateway, 'expired', { name: 'B' }),
    ]);
    const [renamed, replaced] = await server.keys();
    assert.deepEqual([renamed?.id, renamed?.label], [a, 'A renamed']);
    assert.ok(renamed?.reading);
    assert.equal(replaced?.label, 'B');
    assert.notEqual(replaced?.id, b);
    assert.equal(replaced?.reading, undefined);
  });

  it('neither asks nor tells of a key that is not configured any more, and goes on with it when it is back', async () => {
    const keys = [server.key(gateway, 'ok'), server.key(gateway, 'low')];
    await server.start(keys);
    await allRead();
    const before = await ids();
    await server.close();
    await server.start(keys.slice(0, 1));
    assert.deepEqual(await ids(), before.slice(0, 1));
    assert.ok(!(await (await server.get('/metrics', SCRAPER)).text()).includes('"low",server'));
    await server.close();
    const database = new DatabaseSync(join(server.at.folder, 'data', 'key-quota.db'), { readOnly: true });
    const asked = database.prepare('SELECT label FROM keys WHERE paused_at IS NULL').all();
    database.close();
    assert.deepEqual(
      asked.map(({ label }) => label),
      ['ok'],
    );
    await server.start(keys);
    assert.deepEqual(await ids(), before);
    assert.ok((await server.keys()).every(({ reading, status }) => reading && status !== 'stale'));
  });

  it('shares its database with a second one, and they ask for nothing twice', async () => {
    const second = new TeamServer();
    const members = { data: join(server.at.folder, 'data') };
    const keys = (of: TeamServer) => ['ok', 'low'].map(handle => of.key(gateway, handle));
    try {
      await Promise.all([server.start(keys(server), members), second.start(keys(second), members)]);
      await allRead();
      await untilAsync(async () => (await second.keys()).every(({ reading }) => reading));
      assert.deepEqual(
        (await second.keys()).map(({ id }) => id),
        await ids(),
      );
      assert.equal((await ids()).length, 2);
      const calls = (of: TeamServer) =>
        of
          .metric('key_quota_gateway_calls_total')
          .then(counts => Object.values(counts).reduce((a, b) => a + b, 0));
      // Together they counted what the gateway got, and each key's own question came once.
      assert.equal((await calls(server)) + (await calls(second)), gateway.calls.length);
      for (const handle of ['ok', 'low'])
        assert.ok(gateway.callsOf({ path: '/api/usage/token/', key: handle }).length <= 1, handle);
    } finally {
      await second.close();
    }
  });

  it('says that a second one with its database, but without its keys, has ended their checks', async () => {
    const second = new TeamServer();
    try {
      await server.start([server.key(gateway, 'ok')]);
      await second.start([second.key(gateway, 'low')], { data: join(server.at.folder, 'data') });
      const told = () => server.logLines.filter(line => line.includes('“ok” is not asked any more'));
      await untilAsync(async () => told().length > 0);
      assert.match(
        told()[0] ?? '',
        /warn “ok” is not asked any more: another server has the same data folder/,
      );
    } finally {
      await second.close();
    }
  });

  it('tells of the limits of both where an address has keys of two kinds', async () => {
    await server.start([server.key(gateway, 'ok'), server.key(gateway, 'low', { kind: 'deepSeek' })]);
    const limits = Object.keys(await server.metric('key_quota_gateway_calls_allowed'));
    assert.deepEqual(limits.map(labels => /limiter="(\w+)"/.exec(labels)?.[1]).toSorted(), [
      'general',
      'key',
      'scarce',
    ]);
  });

  it('says that all ids are others when its salt is another', async () => {
    const keys = [server.key(gateway, 'ok')];
    await server.start(keys);
    const [before] = await ids();
    await server.close();
    rmSync(join(server.at.folder, 'data', 'salt'));
    await server.start(keys);
    assert.notEqual((await ids())[0], before);
    assert.match(
      server.logLines.join('\n'),
      /warn The salt is another than at the last start\. All keys have other ids/,
    );
  });

  for (const [what, left] of [
    ['an empty one', ''],
    ['a piece of one', '3344f4e3'],
    ['zeros', '\0'.repeat(64)],
  ] as const)
    it(`makes another salt where a full disk left ${what}`, async () => {
      const file = join(server.at.folder, 'data', 'salt');
      mkdirSync(join(server.at.folder, 'data'), { recursive: true });
      writeFileSync(file, left);
      await server.start([server.key(gateway, 'ok')]);
      assert.match(readFileSync(file, 'utf8'), /^[0-9a-f]{64}$/);
    });

  it('answers a scrape whose head comes while it ends', async () => {
    const { port } = new URL(await server.start([server.key(gateway, 'ok')]));
    await allRead();
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(`GET /metrics HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${SCRAPER}\r\n`);
    // Its connection was taken before this one.
    await server.get('/healthz');
    const ended = server.close();
    for (let turns = 0; turns < 50; turns++) await setImmediate();
    socket.write('\r\n');
    const [reply] = await once(socket, 'data');
    assert.match(String(reply), /^HTTP\/1\.1 200 /);
    socket.destroy();
    await ended;
  });

  for (const [what, make] of [
    ['a folder', (path: string) => mkdirSync(path)],
    ['a pipe', (path: string) => execFileSync('mkfifo', [path])],
  ] as const)
    it(`says that its salt cannot be read where it is ${what}, and waits for none`, async () => {
      mkdirSync(join(server.at.folder, 'data'), { recursive: true });
      const path = join(server.at.folder, 'data', 'salt');
      make(path);
      await assert.rejects(server.start([server.key(gateway, 'ok')]), {
        message: `The salt cannot be read from the data folder, or written there: ${path} is not a file.`,
      });
    });

  it('does not start on a database that a newer version wrote, and leaves it as it is', async () => {
    const keys = [server.key(gateway, 'ok')];
    await server.start(keys);
    await server.close();
    const file = join(server.at.folder, 'data', 'key-quota.db');
    const database = new DatabaseSync(file);
    database.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
    database.close();
    const before = readFileSync(file);
    await assert.rejects(server.start(keys), {
      message:
        'The database was written by a newer version of Key Quota, which is the one that can go on with it. Nothing was changed.',
    });
    assert.deepEqual(readFileSync(file), before);
  });

  it('keeps its database, and the salt that it made, to itself', async () => {
    await server.start([server.key(gateway, 'ok')], { data: 'new/data' });
    const mode = (...path: string[]) =>
      (statSync(join(server.at.folder, 'new', ...path)).mode & 0o777).toString(8);
    assert.deepEqual([mode('data'), mode('data', 'salt')], ['700', '600']);
  });

  it('does not listen where another program does', async () => {
    const address = await server.start([server.key(gateway, 'ok')]);
    const other = new TeamServer();
    const { port } = new URL(address);
    await assert.rejects(
      other.start([other.key(gateway, 'ok')], { listen: `127.0.0.1:${port}` }),
      (error: Error) =>
        error instanceof CannotStart &&
        error.message.startsWith(`Another program listens at port ${port} already, `),
    );
  });

  it('says that it has no such address to listen at', async () => {
    await assert.rejects(server.start([server.key(gateway, 'ok')], { listen: '203.0.113.9:9633' }), {
      message: 'This machine has no address 203.0.113.9, which “listen” names.',
    });
  });

  it('logs that tokens are wrong, once in a minute, and never the token', async () => {
    await server.start([server.key(gateway, 'ok')]);
    for (let time = 0; time < 3; time++) await server.get('/metrics', tokenFor('wrong'));
    await server.get('/metrics', READER);
    const lines = server.logLines.filter(line => line.includes('refused')).map(line => line.slice(25));
    assert.deepEqual(lines, [
      'warn A request for /metrics was refused, with a token that is not known.',
      'warn A request for /metrics was refused, with a token of the other kind.',
    ]);
  });

  it('pushes to a collector, and one that never answers delays neither figures nor its end', async () => {
    const collector = new OtlpCollector();
    await collector.start();
    collector.status = 0;
    server.environment.OTEL_EXPORTER_OTLP_ENDPOINT = collector.origin;
    await server.start([server.key(gateway, 'ok')]);
    await untilAsync(async () => collector.pushes.length > 0);
    const names = collector.pushes[0]?.push.metrics.map(({ name }) => name);
    assert.ok(names?.includes('key_quota_status'), names?.join());
    await allRead();
    await server.close();
    assert.equal(server.logLines.filter(line => / warn /.test(line)).length, 0);
    collector.close();
  });

  it('watches spending limits', async () => {
    await server.start([
      server.key(gateway, 'ok', { spendingLimits: { month: { amount: 50, unit: 'USD' } } }),
    ]);
    const limits = async () => (await server.keys())[0]?.spendingLimits;
    await untilAsync(async () => (await limits()) !== undefined);
    assert.deepEqual(
      (await limits())?.map(({ period, limit, unit }) => [period, limit, unit.code]),
      [['month', 50, 'USD']],
    );
  });
});
