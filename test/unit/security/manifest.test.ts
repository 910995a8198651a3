import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { type SettingGroups, settingProperties } from '../../manifest/settingProperties.ts';

interface Property {
  readonly scope?: string;
  readonly properties?: Readonly<Record<string, Property>>;
  readonly additionalProperties?: boolean | Property;
  readonly markdownDescription?: string;
  readonly description?: string;
}

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly supported: boolean;
      readonly restrictedConfigurations?: unknown;
    };
    readonly virtualWorkspaces: boolean;
  };
  readonly contributes: {
    readonly configuration: SettingGroups<Property>;
  };
}

const { capabilities, contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const phrases = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;

/** Words in a setting's name, or in the name of a part of it, that say where things go or how they are read. */
const CRITICAL =
  /origin|url|uri|host|address|endpoint|gateway|server|prox|cert|\bca|CaFile|caFile|tls|ssl|http|unit|currenc|folder|path|file|dir|export|key|secret|token|login|password|agent|command/i;
/** Settings that a workspace may have its own word on: how things look, and nothing else. */
const SAFE_SCOPES = new Set(['application', 'machine']);

/** All names inside a setting, its own last part first. */
function namesOf(name: string, property: Property): string[] {
  const own = name.replace(/^keyQuota\./, '');
  const inner = Object.entries(property.properties ?? {}).flatMap(([each, part]) => namesOf(each, part));
  const more =
    typeof property.additionalProperties === 'object' ? namesOf('', property.additionalProperties) : [];
  return [own, ...inner, ...more].filter(each => each !== '');
}

function said(text = ''): string {
  return phrases[text.replace(/^%|%$/g, '')] ?? text;
}

/** What is wrong with a setting's scope; undefined when nothing is. */
function problemOf(name: string, property: Property): string | undefined {
  const { scope = 'window' } = property;
  if (SAFE_SCOPES.has(scope)) return undefined;
  const words = [...namesOf(name, property), said(property.description), said(property.markdownDescription)];
  const critical = words.find(each => CRITICAL.test(each));
  return critical && `${name} has the scope ${scope}, though a workspace must have no say in “${critical}”`;
}

describe('settings', () => {
  const settings = Object.entries(settingProperties(contributes.configuration));

  for (const [name, property] of settings) {
    it(`${name} cannot be set by a workspace if that could do harm`, () =>
      assert.equal(problemOf(name, property), undefined));
  }

  it('that name origin, proxy, certificate or unit are among them', () => {
    const gateways = namesOf(
      'keyQuota.gateways',
      settingProperties(contributes.configuration)['keyQuota.gateways'] ?? {},
    );
    for (const part of ['unit', 'unitsPerDollar', 'proxy', 'caFile', 'allowHttp']) {
      assert.ok(gateways.includes(part), part);
    }
  });

  it('that are new are looked at the same way', () => {
    const NEW: readonly [name: string, property: Property][] = [
      ['keyQuota.origin', {}],
      ['keyQuota.exportFolder', { scope: 'resource' }],
      ['keyQuota.network', { scope: 'window', properties: { proxy: {} } }],
      ['keyQuota.network', { scope: 'machine-overridable', properties: { caFile: {} } }],
      ['keyQuota.byName', { scope: 'resource', additionalProperties: { properties: { unit: {} } } }],
      ['keyQuota.where', { scope: 'window', description: 'The folder to write to.' }],
    ];
    for (const [name, property] of NEW) assert.ok(problemOf(name, property), name);
    assert.equal(problemOf('keyQuota.origin', { scope: 'application' }), undefined);
    assert.equal(problemOf('keyQuota.exportFolder', { scope: 'machine' }), undefined);
  });
});

describe('what the manifest says of workspaces', () => {
  // The command line is another program, which has no workspace.
  const files = globSync('src/**/*.ts').filter(file => !file.startsWith('src/cli/'));
  const sources = files.map(file => ({ file, code: readFileSync(file, 'utf8') }));

  it('is that they need not be trusted, nor be on a disk', () => {
    assert.deepEqual(capabilities, { untrustedWorkspaces: { supported: true }, virtualWorkspaces: true });
  });

  const DATABASE = sources.map(({ file }) => file).filter(file => file.startsWith('src/store/'));
  /** Ways to read files of a workspace; each with the places that use it for something else. */
  const READERS: Readonly<Record<string, readonly string[]>> = {
    'workspace\\.fs\\.(?:readFile|readDirectory|copy)': [],
    // Whether something is in the way of a review.
    'workspace\\.fs\\.stat': ['src/vscode/host/saveText.ts'],
    'workspace\\.(?:findFiles|findTextInFiles|createFileSystemWatcher|registerTaskProvider)': [],
    "from 'node:fs(?:/promises)?'": [
      // The certificates that a user setting names.
      'src/http/certificateFile.ts',
      // Exports, which only write.
      'src/vscode/host/files.ts',
      // Files that a person chose or ticked for an import.
      'src/vscode/host/importFiles.ts',
      // The keys of our own texts, in the folder of the extension.
      'src/vscode/host/packedTexts.ts',
      // Our own database.
      ...DATABASE,
    ],
    'openTextDocument\\((?!\\{)': [],
    'onDid(?:Open|Change|Save)TextDocument|workspace\\.textDocuments|activeTextEditor': [],
    'inspect\\(|workspaceValue|workspaceFolderValue|ConfigurationTarget\\.Workspace': [],
    'rootPath|getWorkspaceFolder\\(': [],
    // Where a save dialog begins.
    workspaceFolders: ['src/vscode/commands/saveFile.ts'],
    'child_process|\\beval\\(|new Function\\(|vm\\.run': [],
  };
  for (const [reader, places] of Object.entries(READERS)) {
    it(`is true of ${reader}`, () => {
      const using = sources.filter(({ code }) => new RegExp(reader).test(code)).map(({ file }) => file);
      assert.deepEqual(
        using.filter(file => !places.includes(file)),
        [],
      );
    });
  }

  it('is true of settings: they are read without a workspace in mind', () => {
    for (const { file, code } of sources) {
      for (const [call] of code.matchAll(/getConfiguration\([^)]*\)/g)) {
        assert.doesNotMatch(call, /,/, `${file}: ${call}`);
      }
    }
  });
});
