import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Metafile } from 'esbuild';
import { after, before, describe, it } from 'mocha';
import { gateways } from '../../src/gateways/registry.ts';
import { sizeOf } from '../bench/codeSize.ts';
import { projectRoot } from '../host/project.ts';
import { removeTempFolders, tempFolder } from './support/folders.ts';

/** Every part that is loaded late, and the test that uses it as it is installed, in the real VS Code. */
const LATE: Readonly<Record<string, string>> = {
  'src/vscode/main.ts': 'test/ui/network.test.ts',
  'src/vscode/mainCalls.ts': 'test/ui/network.test.ts',
  'src/vscode/commands/createPanels.ts': 'test/ui/network.test.ts',
  'src/vscode/commands/runCommand.ts': 'test/ui/network.test.ts',
  // This test loads it as every file is loaded. What it does needs secrets without a key, which no UI test has.
  'src/vscode/commands/keys/offerOrphanedSecrets.ts': 'test/ui/network.test.ts',
  'src/services/exporting/keysFile.ts': 'test/ui/importKeys.test.ts',
  'src/vscode/commands/keys/exportForm.ts': 'test/ui/importKeys.test.ts',
  'src/services/importing/accountCandidates.ts': 'test/ui/importKeys.test.ts',
  'src/vscode/commands/keys/accountKeysForm.ts': 'test/ui/importKeys.test.ts',
  'src/vscode/commands/keys/importForm.ts': 'test/ui/importKeys.test.ts',
  'src/vscode/commands/keys/add/addByForm.ts': 'test/ui/newcomer.test.ts',
  'src/vscode/commands/keys/openLink.ts': 'test/ui/lateParts.test.ts',
  'src/vscode/host/messages.ts': 'test/ui/lateParts.test.ts',
  'src/http/transports.ts': 'test/ui/network.test.ts',
  'src/http/customRoute.ts': 'test/ui/network.test.ts',
  'src/services/polling/check.ts': 'test/ui/network.test.ts',
  'src/services/polling/confirmListedKey.ts': 'test/ui/network.test.ts',
  'src/services/polling/recordServedKeys.ts': 'test/ui/team.test.ts',
  'src/services/polling/recordOutcome.ts': 'test/ui/network.test.ts',
  'src/vscode/startSpend.ts': 'test/ui/lateParts.test.ts',
  'src/text/failure.ts': 'test/ui/network.test.ts',
  'src/store/historyTables.ts': 'test/ui/network.test.ts',
  'src/vscode/notifications/showStoreTrouble.ts': 'test/ui/lateParts.test.ts',
  'src/vscode/notifications/webhook.ts': 'test/ui/webhook.test.ts',
  'src/vscode/tree/keyLines.ts': 'test/ui/lateParts.test.ts',
  ...Object.fromEntries(
    gateways.map(({ kind }) => [`src/gateways/${kind}/endpoints.ts`, 'test/ui/lateParts.test.ts']),
  ),
  'src/gateways/newApi/statusPage.ts': 'test/ui/network.test.ts',
  'src/gateways/cometApi/verification.ts': 'test/ui/lateParts.test.ts',
  'src/gateways/described/endpoints.ts': 'test/ui/gateway/described.ts',
  'src/vscode/commands/keys/describe/describeByForm.ts': 'test/ui/gateway/described.ts',
  'src/vscode/tools/useTool.ts': 'test/ui/lateParts.test.ts',
  'src/services/tools/getQuota.ts': 'test/ui/lateParts.test.ts',
  'src/services/tools/queryUsage.ts': 'test/ui/lateParts.test.ts',
};

/**
 * Of the code that activation loads, with what a store does about a damaged, locked or read-only file: it has to be there
 * when the first row is read.
 */
const MOST_AT_ACTIVATION = 120_000;

describe('what is built', () => {
  let meta: Metafile;

  before(function () {
    // A build for production.
    this.timeout(120_000);
    const folder = tempFolder();
    const metafile = join(folder, 'meta.json');
    const options = ['--production', '--outdir', join(folder, 'dist'), '--metafile', metafile];
    execFileSync(process.execPath, ['esbuild.js', ...options], { cwd: projectRoot });
    meta = JSON.parse(readFileSync(metafile, 'utf8')) as Metafile;
  });
  after(removeTempFolders);

  it('asks for nothing by `require`, which modules of the ES kind do not have', () => {
    const required = Object.entries(meta.outputs).flatMap(([name, { imports }]) =>
      imports.filter(({ kind }) => kind === 'require-call').map(({ path }) => `${name} ${path}`),
    );
    assert.deepEqual(
      required.filter(each => !each.endsWith('extension.cjs vscode')),
      [],
    );
  });

  it('hands `require` to no function either, where the build cannot see what is asked for', () => {
    // What esbuild writes for it, which throws when it is called.
    const throwing = Object.keys(meta.outputs).filter(
      name =>
        name.endsWith('.js') && readFileSync(join(projectRoot, name), 'utf8').includes('Dynamic require of'),
    );
    assert.deepEqual(throwing, []);
  });

  it('can show that the start failed without the files that a start loads', () => {
    const loaded = filesOf('messages.js');
    assert.ok(loaded.has('base.js'));
    assert.ok(!loaded.has('main.js') && ![...loaded].some(name => name.startsWith('mainCalls')));
  });

  it('loads two files before the first figure', () => {
    assert.deepEqual([...filesOf('main.js')].toSorted(), ['base.js', 'main.js']);
  });

  it('imports no file that is not built', () => {
    const names = new Set(Object.keys(meta.outputs).map(path => basename(path)));
    for (const path of Object.keys(meta.outputs).filter(each => /\.c?js$/.test(each))) {
      const text = readFileSync(join(projectRoot, path), 'utf8');
      const imported = [...text.matchAll(/\b(?:from|import\(|import)\s*"\.\/([\w.-]+)"/g)];
      for (const [, name = ''] of imported) assert.ok(names.has(name), `${basename(path)} imports ${name}`);
      if (basename(path) === 'main.js') assert.ok(imported.length > 0);
    }
  });

  it('has small late parts in one file, and takes each of them from there', () => {
    const texts = Object.keys(meta.outputs).map(path => readFileSync(join(projectRoot, path), 'utf8'));
    const taken = texts.flatMap(text => [
      ...text.matchAll(/import\("\.\/late\.js"\)\.then\((\w+)=>\1\.(part\d+)\)/g),
    ]);
    const given = texts.flatMap(text => text.match(/(?<= as )part\d+\b/g) ?? []);
    assert.ok(given.length > 0);
    assert.deepEqual([...new Set(taken.map(([, , part]) => part))].toSorted(), given.toSorted());
    assert.equal(texts.join('\n').match(/import\("\.\/late\.js"\)/g)?.length, taken.length);
  });

  it(`has less than ${MOST_AT_ACTIVATION / 1000} KB to load at activation`, () => {
    const { atActivation, sources } = sizeOf(meta);
    const largest = sources.slice(0, 30).map(([file, bytes]) => `${String(bytes).padStart(6)} ${file}`);
    assert.ok(
      atActivation < MOST_AT_ACTIVATION,
      `${atActivation} bytes, the largest parts:\n${largest.join('\n')}`,
    );
  });

  it('loads nothing at activation that only asks a gateway, or that only a call needs', () => {
    const lazy =
      /node_modules\/(?!@vscode\/l10n\/)|\/(endpoints|mainCalls|mainParts|monitor|limiterHolds|redactor|tooltip)\.ts$|http\/(transport|boundClient|proxy)|commands\/(?!commandIds)|panels\/(?!panelRevival|panelNames)/;
    assert.deepEqual(
      sizeOf(meta)
        .sources.map(([file]) => file)
        .filter(file => lazy.test(file)),
      [],
    );
  });

  /** A file of the build, and all that it imports. */
  function filesOf(name: string, found = new Set<string>()): ReadonlySet<string> {
    found.add(name);
    const [, output] = Object.entries(meta.outputs).find(([path]) => basename(path) === name) ?? [];
    assert.ok(output, name);
    for (const { path, kind, external } of output.imports)
      if (kind === 'import-statement' && !external && !found.has(basename(path)))
        filesOf(basename(path), found);
    return found;
  }

  it('loads nothing late that no test uses as it is installed', () => {
    const late = Object.values(meta.inputs).flatMap(({ imports }) =>
      imports.flatMap(({ kind, path }) =>
        kind === 'dynamic-import' && path.startsWith('src/') ? [path] : [],
      ),
    );
    const entries = ['src/vscode/main.ts', 'src/vscode/host/messages.ts'];
    assert.deepEqual([...new Set([...late, ...entries])].toSorted(), Object.keys(LATE).toSorted());
  });

  it('is loaded late in the one way that tells when its files are gone', () => {
    for (const path of Object.keys(meta.inputs)) {
      // The entry has no other file by its side, and tells it itself.
      if (!path.startsWith('src/') || path === 'src/vscode/extension.ts' || path.startsWith('src/webview/'))
        continue;
      const source = readFileSync(join(projectRoot, path), 'utf8').replace(/typeof import\(/g, '');
      const imports = source.match(/\bimport\(/g)?.length ?? 0;
      const told = source.match(/lazyImport\(\s*\(\) =>\s*import\(/g)?.length ?? 0;
      assert.equal(told, imports, path);
    }
  });
}).timeout(120_000);
