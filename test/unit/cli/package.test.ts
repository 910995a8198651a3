import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Metafile, transformSync } from 'esbuild';
import { after, before, describe, it } from 'mocha';
import project from '../../../package.json' with { type: 'json' };
import { projectRoot } from '../../host/project.ts';
import { ConfigurationFolder } from '../support/configurationFolder.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';

const LAUNCHER = join(projectRoot, 'src', 'cli', 'key-quota.cjs');

describe('the package of the command', () => {
  let folder: string;
  let extension: Metafile;

  before(function () {
    // A build for production.
    this.timeout(120_000);
    const dist = tempFolder();
    folder = join(dist, 'npm');
    const metafile = join(dist, 'meta.json');
    const options = ['--production', '--outdir', dist, '--metafile', metafile];
    execFileSync(process.execPath, ['esbuild.js', ...options], { cwd: projectRoot });
    extension = JSON.parse(readFileSync(metafile, 'utf8')) as Metafile;
  });
  after(removeTempFolders);

  const runInstalled = (...args: string[]) =>
    spawnSync(process.execPath, [join(folder, 'key-quota.cjs'), ...args], { encoding: 'utf8', cwd: folder });

  it('has the command, its license and a page for readers, and brings nothing else along', () => {
    const packaged: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    assert.deepEqual(packaged, {
      name: 'key-quota',
      version: project.version,
      description: 'What is left on the keys of LLM gateways, for teams and for agents',
      license: 'MIT',
      type: 'module',
      bin: { 'key-quota': './key-quota.cjs' },
      engines: { node: '>=22.16' },
    });
    const files = readdirSync(folder);
    for (const name of [
      'LICENSE',
      'README.md',
      'key-quota.cjs',
      'start.cjs',
      'main.js',
      'migrationSteps.cjs',
    ])
      assert.ok(files.includes(name), name);
  });

  it('has the files that a team installs, by the names that the manual has for them', () => {
    const manual = readFileSync(join(projectRoot, 'docs', 'team.md'), 'utf8');
    const named = [...manual.matchAll(/\$DEPLOY\/([\w./-]+)/g)].map(([, path = '']) => path);
    assert.ok(named.length >= 4, named.join());
    for (const path of named)
      assert.equal(
        readFileSync(join(folder, 'deploy', path), 'utf8'),
        readFileSync(join(projectRoot, 'deploy', path), 'utf8'),
      );
  });

  it('imports nothing but its own files and what Node has', () => {
    for (const file of readdirSync(folder).filter(name => name.endsWith('.js'))) {
      const text = readFileSync(join(folder, file), 'utf8');
      assert.ok(!text.includes('Dynamic require of'), file);
      const imported = [...text.matchAll(/(?:\bfrom|\bimport\(|\bimport)\s*"([^"]+)"/g)].map(
        ([, name = '']) => name,
      );
      const foreign = imported.filter(name => !/^(?:\.\/|node:)/.test(name));
      assert.deepEqual(foreign, [], file);
    }
  });

  it('says its version, and what it can do', () => {
    const version = runInstalled('--version');
    assert.deepEqual([version.stdout, version.stderr, version.status], [`${project.version}\n`, '', 0]);
    const help = runInstalled();
    assert.match(help.stdout, /^ {2}check +say what is wrong/m);
    assert.equal(help.status, 0);
  });

  it('ends in good order when its reader has closed the pipe', () => {
    const piped = [
      '-c',
      '"$0" "$1" --help | true; echo $PIPESTATUS',
      process.execPath,
      join(folder, 'key-quota.cjs'),
    ];
    const { stdout, stderr } = spawnSync('bash', piped, { encoding: 'utf8' });
    assert.deepEqual([stdout, stderr], ['0\n', '']);
  }).timeout(120_000);

  it('says in a sentence that files of it are gone', () => {
    const name = readdirSync(folder).find(file => /^checkCommand-\w+\.js$/.test(file)) ?? assert.fail();
    renameSync(join(folder, name), join(folder, 'gone'));
    const { stdout, stderr, status } = runInstalled('check', 'key-quota.json');
    renameSync(join(folder, 'gone'), join(folder, name));
    assert.deepEqual(
      [stdout, stderr, status],
      [
        '',
        'Files of key-quota are gone: install it again, or start it again where it was updated meanwhile.\n',
        69,
      ],
    );
  });

  if (process.platform === 'linux')
    it('says that nobody could be told', () => {
      const full = openSync('/dev/full', 'w');
      const { stderr, status } = spawnSync(process.execPath, [join(folder, 'key-quota.cjs'), '--help'], {
        encoding: 'utf8',
        stdio: ['ignore', full, 'pipe'],
      });
      closeSync(full);
      assert.deepEqual([stderr, status], ['Standard output could not be written: the disk is full.\n', 69]);
    });

  /** The server, which gets a signal as soon as it listens to another one, or to that one. */
  function serveWith(signal: string, afterName: string) {
    const preload = join(tempFolder(), 'signal.cjs');
    writeFileSync(
      preload,
      `const { on } = process;
      process.on = (name, listener) => {
        on.call(process, name, listener);
        if (name === '${afterName}') process.kill(process.pid, '${signal}');
        return process;
      };`,
    );
    const at = new ConfigurationFolder();
    at.write({}, { baseUrl: 'http://127.0.0.1:9' });
    const args = ['--require', preload, join(folder, 'key-quota.cjs'), 'serve', at.file];
    return spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  }

  it('ends in good order by a signal that comes before it serves', async () => {
    const child = serveWith('SIGTERM', 'SIGINT');
    const [said, exit] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    assert.deepEqual([said, exit], ['', [0, null]]);
  });

  it('serves what SIGHUP before that says is new', async () => {
    const child = serveWith('SIGHUP', 'SIGHUP');
    let said = '';
    child.stderr.on('data', chunk => {
      said += chunk;
      // Once by what it read first, and once by what it read after the signal. A second SIGTERM would end it at once.
      if (!child.killed && said.split('answers at').length > 2) child.kill('SIGTERM');
    });
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });

  it('is not in the extension, nor is any library that only the command needs', () => {
    const inputs = Object.keys(extension.inputs);
    assert.ok(inputs.includes('src/vscode/main.ts'));
    const COMMAND_ONLY = /^src\/cli\/|node_modules\/(?:prom-client|@modelcontextprotocol|@opentelemetry)\//;
    assert.deepEqual(
      inputs.filter(path => COMMAND_ONLY.test(path)),
      [],
    );
  });
}).timeout(120_000);

describe('the first file of the command', () => {
  after(removeTempFolders);

  it('is read by any Node, however old', () => {
    const code = readFileSync(LAUNCHER, 'utf8');
    const as = (target: string) => transformSync(code, { target, charset: 'utf8', platform: 'node' }).code;
    assert.equal(as('es5'), as('esnext'));
  });

  for (const old of ['8.17.0', '20.20.2', '22.15.1'])
    it(`says on Node ${old} which one it needs, and starts nothing`, () => {
      const preload = join(tempFolder(), 'old.cjs');
      writeFileSync(preload, `Object.defineProperty(process.versions, 'node', { value: '${old}' });`);
      const { stdout, stderr, status } = spawnSync(process.execPath, ['--require', preload, LAUNCHER], {
        encoding: 'utf8',
      });
      assert.deepEqual([stdout, status], ['', 69]);
      assert.equal(
        stderr,
        `key-quota needs Node.js 22.16 or later, because it keeps its figures in the SQLite that Node brings along. This is Node.js ${old}.\n`,
      );
    });
});
