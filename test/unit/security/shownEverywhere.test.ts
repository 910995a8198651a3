import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'mocha';
import { systemClock } from '../../../src/services/systemClock.ts';
import { keyHoverMarkdown } from '../../../src/vscode/cards/keyHover.ts';
import type * as Log from '../../../src/vscode/host/log.ts';
import type * as PanelShell from '../../../src/vscode/panels/panelShell.ts';
import type * as UseTool from '../../../src/vscode/tools/useTool.ts';
import type * as Tree from '../../../src/vscode/tree/tree.ts';
import { tooltipMarkdown } from '../../../src/vscode/views/tooltip.ts';
import { keyState, NOW, reading } from '../support/samples.ts';
import { TestWindow } from '../support/testWindow.ts';
import { importWithStub, vscodeStub } from '../support/vscodeStub.ts';

/** What VS Code makes a link, a command or an icon of, in one place or another. */
const BAIT = '[Retry](command:workbench.action.terminal.new) $(flame) https://evil.example/a';
const text = (name: string) => `${name} ${BAIT}`;

/** Whether anything in the text is still a link, a command or an icon. */
function assertHarmless(shown: string, what: string): void {
  assert.doesNotMatch(shown, /\]\(command:workbench/, what);
  assert.doesNotMatch(shown, /\$\(flame\)/, what);
}

/** Every text in plain data. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

describe('text of others is no link, no command and no icon', () => {
  beforeEach(() => Object.assign(vscodeStub, { person: {}, shown: [], handed: [] }));

  it('in a line of the tree, and in what stands above it', async () => {
    const { KeyTree } = await importWithStub<typeof Tree>('vscode/tree/tree.ts');
    const tree = new KeyTree(
      () => NOW,
      () => undefined,
    );
    tree.renderTree([keyState({ label: text('label'), reading: reading() })], NOW);
    tree.setMessage(text('note'));
    const texts = { label: text('line'), description: text('beside'), tooltip: text('tip') };
    const node = { ...texts, id: 'x', context: 'key', spoken: text('spoken'), children: [] };
    const { label, description, tooltip } = tree.getTreeItem(node as never);
    const note = vscodeStub.handed.find(([, member]) => member === 'message')?.[2];
    for (const shown of [label, description, tooltip, note]) {
      assert.equal(typeof shown, 'string');
      assert.match(String(shown), /Retry/);
      assertHarmless(String(shown), String(shown));
    }
    tree.dispose();
  });

  it('in the title of a panel', async () => {
    const shells = await importWithStub<typeof PanelShell>('vscode/panels/panelShell.ts');
    new shells.PanelShell<never, { type: string }>({
      extensionUri: { path: '/here' } as never,
      page: 'usage',
      title: () => text('title'),
      schema: undefined as never,
      onMessage: () => undefined,
      onClose: () => undefined,
    }).reveal({ type: 'x' });
    const shown = textsIn(vscodeStub.handed).filter(each => each.startsWith('title '));
    assert.ok(shown.length > 0);
    for (const each of shown) assertHarmless(each, each);
  });

  it('in the card of a key, which has no links', () => {
    const label = `${BAIT} "><img src=x onerror=x> me@evil.example ![i](https://evil.example/i.png)\n\n[a](command:x)`;
    const failure = { class: 'transient', message: `${label} <b>x</b>` };
    const markdown = keyHoverMarkdown(keyState({ label, failure, status: 'unknown' }), NOW, 'dark');
    assertHarmless(markdown, markdown);
    assert.doesNotMatch(markdown, /:\/\/|@evil|<img src=x|(?<!\\)\]\(|(?<!\\)!\[|\n\n\[/);
  });

  it('in a tooltip, where our own links are', () => {
    const label = `${BAIT} <b>x</b> [a]: https://evil.example | me@evil.example ![i](https://evil.example/i.png)`;
    const failure = { class: 'transient', message: BAIT };
    const markdown = tooltipMarkdown([keyState({ label, failure, status: 'unknown' })], NOW);
    assertHarmless(markdown, markdown);
    const links = [...markdown.matchAll(/(?<!\\)\]\(([^)]*)\)/g)].map(([, target]) => target);
    assert.deepEqual(links, [
      'command:keyQuota.refreshAll',
      'command:keyQuota.showOverview',
      'command:keyQuota.keys.focus',
      'command:keyQuota.addKey',
    ]);
    assert.doesNotMatch(markdown, /:\/\/|@evil|<b>x|(?<!\\)!\[/);
  });

  it('in the log, whose addresses are links elsewhere', async () => {
    const { createLog } = await importWithStub<typeof Log>('vscode/host/log.ts');
    const log = createLog('Key Quota');
    for (const level of ['info', 'warn', 'debug'] as const) log[level](`${text(level)} file:///etc/passwd`);
    const lines = textsIn(vscodeStub.handed).filter(each => each.includes('evil.example'));
    assert.equal(lines.length, 3);
    for (const line of lines) assert.doesNotMatch(line, /\w:\/\//);
  });

  it('in an error that an agent reads', async () => {
    const { useTool } = await importWithStub<typeof UseTool>('vscode/tools/useTool.ts');
    const testWindow = new TestWindow();
    try {
      const parts = {
        store: testWindow.store,
        monitor: { snapshot: [keyState({})] },
        clock: systemClock,
      } as never;
      const token = { onCancellationRequested: () => ({ dispose: () => undefined }) } as never;
      const asked = useTool('keyQuota_getQuota', parts, { key: BAIT }, token);
      const error = await asked.then(
        () => undefined,
        (reason: Error) => reason,
      );
      assert.ok(error);
      assertHarmless(error.message, error.message);
    } finally {
      await testWindow.close();
    }
  });
});
