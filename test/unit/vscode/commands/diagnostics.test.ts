import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { CommandParts } from '../../../../src/vscode/commands/commandParts.ts';
import { runCommand } from '../../support/runCommand.ts';
import { keyState, NOW } from '../../support/samples.ts';
import { type Person, vscodeStub } from '../../support/vscodeStub.ts';

const PARTS = {
  monitor: { snapshot: [keyState({ label: 'Team' })] },
  store: { shared: true, trouble: undefined },
  clock: { now: () => NOW },
} as unknown as CommandParts;

describe('diagnostics for a report', () => {
  const copied = async (person: Person, argument?: unknown) => {
    Object.assign(vscodeStub, { person, shown: [], handed: [], clipboard: 'mine' });
    await runCommand(PARTS, 'keyQuota.copyDiagnostics', argument);
    return vscodeStub.clipboard;
  };

  beforeEach(() => {
    vscodeStub.settings = { pollMinutes: 7, 'warnings.quietHours': '22:00-07:00' };
  });
  afterEach(() => Object.assign(vscodeStub, { person: {}, settings: {} }));

  it('are copied without names: what runs, which settings were changed, and each key by its number', async () => {
    const text = await copied({ picked: () => 'Without Names' });
    assert.match(text, /^- Key Quota: 9\.9\.9\n- Editor: Some Editor 1\.2\.3 \(desktop\)\n- Remote: none\n/m);
    assert.match(text, /^- Runs as: workspace extension$/m);
    assert.match(
      text,
      /^### Settings that were changed \(2\)\n- pollMinutes: 7\n- warnings\.quietHours: a text of/m,
    );
    assert.match(text, /^- key 1: newApi, apiKey, ok, checked 0 min ago/m);
    assert.doesNotMatch(text, /Team|gw\.example|22:00/);
  });

  it('are copied with names after that choice alone, which no argument makes', async () => {
    assert.match(await copied({ picked: () => 'With Names' }), /“Team” at https:\/\/gw\.example: /);
    assert.equal(await copied({ picked: () => undefined }, { withNames: true }), 'mine');
  });

  it('say what kind of remote it is, and not which host', async () => {
    for (const [remoteName, said] of [
      ['ssh-remote', 'ssh-remote'],
      ['code.corp.example:8443', 'another host'],
      ['devbox', 'another host'],
    ] as const) {
      Object.assign(vscodeStub, { remoteName });
      const text = await copied({ picked: () => 'Without Names' }).finally(() => {
        Object.assign(vscodeStub, { remoteName: undefined });
      });
      assert.match(text, new RegExp(`^- Remote: ${said}$`, 'm'));
    }
  });

  it('are shown on request', async () => {
    const text = await copied({ picked: () => 'Without Names', asked: (_message, _detail, [show]) => show });
    assert.deepEqual(
      vscodeStub.handed.find(([to]) => to === 'a document'),
      ['a document', 'content', text],
    );
  });

  it('fill in the form for a report, without names', async () => {
    Object.assign(vscodeStub, { handed: [] });
    await runCommand(PARTS, 'keyQuota.reportIssue');
    const [[to, id, args] = []] = vscodeStub.handed;
    const [{ extensionId, issueBody }] = args as [{ extensionId: string; issueBody: string }];
    assert.deepEqual(
      [to, id, extensionId],
      ['a command', 'workbench.action.openIssueReporter', 'key-quota.key-quota'],
    );
    assert.match(issueBody, /^- key 1: newApi/m);
    assert.doesNotMatch(issueBody, /Team|gw\.example|22:00/);
  });

  it('are copied where VS Code has no such form', async () => {
    Object.assign(vscodeStub, {
      shown: [],
      clipboard: 'mine',
      failing: new Set(['workbench.action.openIssueReporter']),
    });
    await runCommand(PARTS, 'keyQuota.reportIssue');
    vscodeStub.failing = new Set();
    assert.match(vscodeStub.clipboard, /^### Key Quota diagnostics/);
    assert.match(vscodeStub.shown[0] ?? '', /were copied instead/);
  });
});
