import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { runCommandLine } from '../../../src/cli/commandLine.ts';
import { editorDatabases } from '../../../src/cli/editorDatabases.ts';
import { machineOf, machineText } from '../../../src/cli/machine.ts';
import { captured } from '../support/captured.ts';
import { removeTempFolders, tempFolder } from '../support/folders.ts';
import { storeFigures } from '../support/storedFigures.ts';

const NONE = {};

describe('where editors keep the database', () => {
  const pathOf = (surroundings: Parameters<typeof editorDatabases>[0], editor: string) =>
    editorDatabases(surroundings).find(each => each.editor === editor)?.path;

  for (const [platform, environment, editor, path] of [
    ['linux', NONE, 'Code', '/home/me/.config/Code'],
    ['linux', NONE, 'Code - Insiders', '/home/me/.config/Code - Insiders'],
    ['linux', { XDG_CONFIG_HOME: '/cfg' }, 'Cursor', '/cfg/Cursor'],
    ['linux', NONE, 'Windsurf', '/home/me/.config/Windsurf'],
    ['linux', NONE, 'VSCodium', '/home/me/.config/VSCodium'],
    ['linux', NONE, 'code-server', '/home/me/.local/share/code-server'],
    ['linux', { XDG_DATA_HOME: '/data' }, 'code-server', '/data/code-server'],
    ['linux', NONE, 'Code (server)', '/home/me/.vscode-server/data'],
    ['linux', { VSCODE_PORTABLE: '/usb/data' }, 'Code (portable)', '/usb/data/user-data'],
    ['darwin', NONE, 'Code', '/home/me/Library/Application Support/Code'],
    ['darwin', { XDG_CONFIG_HOME: '/cfg' }, 'Cursor', '/home/me/Library/Application Support/Cursor'],
  ] as const)
    it(`${editor} on ${platform} with ${JSON.stringify(environment)}`, () => {
      const expected = `${path}/User/globalStorage/key-quota.key-quota/key-quota.db`;
      assert.equal(pathOf({ platform, home: '/home/me', environment }, editor), expected);
    });

  it('Code on Windows', () => {
    const end = '\\Code\\User\\globalStorage\\key-quota.key-quota\\key-quota.db';
    const home = 'C:\\Users\\me';
    assert.equal(
      pathOf({ platform: 'win32', home, environment: { APPDATA: 'D:\\Roaming' } }, 'Code'),
      `D:\\Roaming${end}`,
    );
    assert.equal(
      pathOf({ platform: 'win32', home, environment: NONE }, 'Code'),
      `C:\\Users\\me\\AppData\\Roaming${end}`,
    );
  });
});

describe('the machine whose database it is', () => {
  const text = (environment: Record<string, string>, ...files: string[]) =>
    machineText(machineOf(environment, path => files.includes(path), 'devbox'));

  it('is named with how one is there', () => {
    assert.equal(text({}), 'devbox');
    assert.equal(text({ SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }), 'devbox (over SSH)');
    assert.equal(text({ WSL_DISTRO_NAME: 'Ubuntu' }), 'devbox (in WSL)');
    assert.equal(text({ REMOTE_CONTAINERS: 'true' }), 'devbox (in a container)');
    assert.equal(text({}, '/run/.containerenv'), 'devbox (in a container)');
    assert.equal(
      text({ SSH_CONNECTION: 'x', WSL_DISTRO_NAME: 'Ubuntu' }, '/.dockerenv'),
      'devbox (in a container)',
    );
  });
});

describe('key-quota status, without a place', () => {
  const before = { ...process.env };
  let home: string;

  beforeEach(() => {
    home = tempFolder();
    Object.assign(process.env, { HOME: home, USERPROFILE: home, APPDATA: join(home, 'roaming') });
    for (const name of ['XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'VSCODE_PORTABLE']) delete process.env[name];
  });
  afterEach(() => {
    Object.assign(process.env, before);
    removeTempFolders();
  });

  const store = (editor: string, label: string) => {
    const surroundings = { platform: process.platform, home, environment: process.env };
    const { path = '' } = editorDatabases(surroundings).find(each => each.editor === editor) ?? {};
    mkdirSync(dirname(path), { recursive: true });
    storeFigures(dirname(path), [{ id: label, label, left: 15 }]).close();
  };
  const status = (...args: string[]) => captured(() => runCommandLine(['status', ...args]));

  it('finds the databases of all editors, and tells them apart', async () => {
    store('Cursor', 'Mine');
    store('code-server', 'Remote');
    const { stdout } = await status();
    assert.match(stdout, /^Cursor[^\n]*:\nKEY .*\nMine .*\n\ncode-server[^\n]*:\nKEY .*\nRemote .*\n$/);
    const states = JSON.parse((await status('--json')).stdout) as { label: string; editor: string }[];
    assert.deepEqual(
      states.map(({ label, editor }) => [label, editor]),
      [
        ['Mine', 'Cursor'],
        ['Remote', 'code-server'],
      ],
    );
  });

  it('shows the others where one cannot be read, and says which', async () => {
    store('Cursor', 'Mine');
    store('Windsurf', 'Other');
    const { path = '' } =
      editorDatabases({ platform: process.platform, home, environment: process.env }).find(
        ({ editor }) => editor === 'Windsurf',
      ) ?? {};
    const { writeFileSync } = await import('node:fs');
    writeFileSync(path, 'no database'.repeat(500));
    const { code, stdout, stderr } = await status();
    assert.equal(code, 0);
    assert.match(stdout, /^Mine /m);
    assert.ok(stderr.startsWith(path), stderr);
  });

  it('says that there is none, and on which machine it looked', async () => {
    const { code, stdout, stderr } = await status();
    assert.deepEqual([code, stdout], [69, '']);
    assert.match(stderr, /^No editor on .+ has a database of Key Quota\. /);
    assert.equal((await status('--line')).stdout, 'keys unknown\n');
  });
});
