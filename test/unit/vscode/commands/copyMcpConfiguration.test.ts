import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { parse } from 'smol-toml';
import { defaultSettings } from '../../../../src/cli/defaultSettings.ts';
import { agentsOutside, shareSettings } from '../../../../src/services/tools/sharedSettings.ts';
import type { SqliteStore } from '../../../../src/store/store.ts';
import type { CommandParts } from '../../../../src/vscode/commands/commandParts.ts';
import { mcpForms } from '../../../../src/vscode/commands/mcpForms.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { runCommand } from '../../support/runCommand.ts';
import { storeFigures } from '../../support/storedFigures.ts';
import { vscodeStub } from '../../support/vscodeStub.ts';

const plain = (toml: string): unknown => JSON.parse(JSON.stringify(parse(toml)));
/** The last text that is a sentence; buttons stand behind it. */
const saidLast = () => vscodeStub.shown.findLast(text => text.startsWith('Copied')) ?? '';
const ON = { enabled: true, names: false };

describe('the command that copies a configuration for agents', () => {
  let store: SqliteStore;

  /** What is on the clipboard after a person picked a form, or none. */
  const copied = async (form: string | undefined, argument?: unknown) => {
    Object.assign(vscodeStub, { clipboard: 'mine', shown: [], person: { picked: () => form } });
    const monitor = { snapshot: store.keys.allKeys() };
    await runCommand(
      { store, monitor } as unknown as CommandParts,
      'keyQuota.copyMcpConfiguration',
      argument,
    );
    return vscodeStub.clipboard;
  };

  beforeEach(() => {
    store = storeFigures(tempFolder(), [{ id: 'a', left: 15 }]);
    shareSettings(store, defaultSettings, ON);
    vscodeStub.settings = { 'agents.enabled': true };
  });
  afterEach(() => {
    Object.assign(vscodeStub, { person: {}, settings: {}, remoteName: undefined, runsBesideWindow: false });
    store.close();
    removeTempFolders();
  });

  it('copies what each agent wants, and lets agents outside the editor ask from then on', async () => {
    assert.deepEqual(agentsOutside(store), { enabled: false, names: false });
    assert.equal(
      await copied('Claude Code'),
      'claude mcp add --scope user key-quota -- npx -y key-quota mcp',
    );
    assert.deepEqual(agentsOutside(store), ON);
    const server = { command: 'npx', args: ['-y', 'key-quota', 'mcp'] };
    assert.deepEqual(plain(await copied('Codex')), { mcp_servers: { 'key-quota': server } });
    assert.deepEqual(JSON.parse(await copied('Cursor')), { mcpServers: { 'key-quota': server } });
    assert.match(saidLast(), /^Copied for Cursor\. It goes into ~\/\.cursor\/mcp\.json\.$/);
  }).timeout(120_000);

  it('allows nothing where a person picks nothing, and no argument picks', async () => {
    for (const argument of [undefined, 'Codex', { agent: 'Codex', confirmed: true }])
      assert.equal(await copied(undefined, argument), 'mine');
    assert.equal(agentsOutside(store).enabled, false);
    assert.deepEqual([...store.aliases.allAliases()], []);
  });

  it('gives keys the numbers by which agents there and here know them', async () => {
    await copied('Codex');
    assert.deepEqual([...store.aliases.allAliases()], [['a', 1]]);
  });

  it('runs npx by the shell on Windows, where it is a script', () => {
    const [claude, codex, cursor] = mcpForms(true).map(({ text }) => text);
    assert.equal(claude, 'claude mcp add --scope user key-quota -- cmd /c npx -y key-quota mcp');
    const server = { command: 'cmd', args: ['/c', 'npx', '-y', 'key-quota', 'mcp'] };
    assert.deepEqual(plain(codex ?? ''), { mcp_servers: { 'key-quota': server } });
    assert.deepEqual(JSON.parse(cursor ?? ''), { mcpServers: { 'key-quota': server } });
  });

  for (const [name, runsThere, sentence] of [
    ['ssh-remote', true, `The figures are on ${hostname()}, which this window is connected to`],
    ['wsl', false, `The figures are on your own computer, ${hostname()}: agents on the machine`],
    ['dev-container', false, `The figures are on your own computer, ${hostname()}: agents on the machine`],
  ] as const)
    it(`says on which machine the figures are: ${name}, ${runsThere ? 'running there' : 'running here'}`, async () => {
      Object.assign(vscodeStub, { remoteName: name, runsBesideWindow: !runsThere });
      await copied('Codex');
      assert.ok(saidLast().includes(sentence), saidLast());
    });

  it('says that nothing is answered while the tools are switched off', async () => {
    vscodeStub.settings = { 'agents.enabled': false };
    await copied('Codex');
    assert.match(saidLast(), /Agents get no answers while the setting keyQuota\.agents\.enabled is off\.$/);
  });
});
