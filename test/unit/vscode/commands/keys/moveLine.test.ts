import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { MovableLine } from '../../../../../src/core/quota/keyOrder.ts';
import type { CommandId } from '../../../../../src/vscode/commands/commandIds.ts';
import type { Views } from '../../../../../src/vscode/views/views.ts';
import { CommandSetup } from '../../../support/commandSetup.ts';
import { runCommand } from '../../../support/runCommand.ts';

const [A, B] = ['https://a.example', 'https://b.example'];

describe('moving a key or gateway by command', () => {
  let setup: CommandSetup;
  let ids: Record<string, string>;
  /** What is selected in the tree. */
  let selectedLine: MovableLine | undefined;

  const add = async (label: string, baseUrl: string) => {
    const draft = {
      label,
      kind: 'newApi',
      baseUrl,
      credential: 'apiKey',
      secret: `sk-${label}-0000`,
    } as const;
    ids[label] = await setup.testWindow.keyService.add(draft);
  };
  const labels = () => setup.testWindow.monitor.snapshot.map(({ label }) => label).join(' ');
  const gatewayLine = (gatewayKeyId = '') => ({
    gatewayKeyId,
    id: 'gateway',
    label: '',
    spoken: '',
    context: 'gateway',
    children: [],
  });
  const run = (command: CommandId, argument?: unknown) => runCommand(setup.parts, command, argument);

  beforeEach(async () => {
    [ids, selectedLine] = [{}, undefined];
    setup = await CommandSetup.open();
    const views = {
      tree: {
        get selectedLine() {
          return selectedLine;
        },
      },
    } as Partial<Views> as Views;
    Object.assign(setup.parts, { views });
    for (const label of ['a1', 'a2', 'a3']) await add(label, A);
    await add('b1', B);
  });
  afterEach(() => setup.close());

  it('changes places with the key above or below, and stops at the ends', async () => {
    await run('keyQuota.moveUp', ids.a3);
    assert.equal(labels(), 'a1 a3 a2 b1');
    await run('keyQuota.moveDown', { id: ids.a1 });
    assert.equal(labels(), 'a3 a1 a2 b1');
    await run('keyQuota.moveUp', ids.a3);
    await run('keyQuota.moveDown', ids.a2);
    await run('keyQuota.moveDown', ids.b1);
    assert.equal(labels(), 'a3 a1 a2 b1');
  });

  it('moves a gateway with its keys, from its line', async () => {
    await run('keyQuota.moveDown', gatewayLine(ids.a1));
    assert.equal(labels(), 'b1 a1 a2 a3');
    await run('keyQuota.moveUp', gatewayLine(ids.a1));
    assert.equal(labels(), 'a1 a2 a3 b1');
  });

  it('moves what is selected in the tree where it is run by its keys', async () => {
    selectedLine = { key: ids.a3 ?? '' };
    await run('keyQuota.moveUp');
    assert.equal(labels(), 'a1 a3 a2 b1');
    selectedLine = { baseUrl: B };
    await run('keyQuota.moveUp');
    assert.equal(labels(), 'b1 a1 a3 a2');
  });

  it('puts new keys at the end, after those in an order of their own', async () => {
    await run('keyQuota.moveUp', gatewayLine(ids.b1));
    await add('a4', A);
    await add('b2', B);
    assert.equal(labels(), 'b1 a1 a2 a3 a4 b2');
    await run('keyQuota.moveUp', ids.b2);
    assert.equal(labels(), 'b2 b1 a1 a2 a3 a4');
  });
});
