import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type * as OfferDocument from '../../../../src/vscode/commands/offerDocument.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { CommandSetup } from '../../support/commandSetup.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { runCommand } from '../../support/runCommand.ts';
import { importWithStub, vscodeStub } from '../../support/vscodeStub.ts';

describe('files that commands write', () => {
  let gateway: SampleGateway;
  let setup: CommandSetup;
  let key: string;

  beforeEach(async () => {
    Object.assign(vscodeStub, { person: {}, shown: [], handed: [] });
    gateway = await startSampleGateway();
    setup = await CommandSetup.open();
    key = await setup.testWindow.addKey(gateway, 'ok');
  });

  afterEach(async () => {
    await setup.close();
    await gateway.close();
    removeTempFolders();
  });

  const exportTo = (argument: object) =>
    runCommand(setup.parts, 'keyQuota.exportHistory', { key, ...argument });

  it('are CSV with a byte order mark, for spreadsheets, or JSON without one', async () => {
    const folder = tempFolder();
    await exportTo({ file: join(folder, 'a.csv') });
    await exportTo({ file: join(folder, 'a.json') });
    assert.deepEqual([...readFileSync(join(folder, 'a.csv')).subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    const json = readFileSync(join(folder, 'a.json'), 'utf8');
    assert.ok(json.startsWith('{'));
    assert.deepEqual(JSON.parse(json).key.origin, gateway.origin);
  });

  it('need an absolute path with a known extension', async () => {
    for (const file of [
      'a.csv',
      './a.csv',
      '~/a.csv',
      '',
      join(tempFolder(), 'a.txt'),
      'file:///tmp/a.csv',
      5,
    ]) {
      await assert.rejects(exportTo({ file }), /must be the full path of a file that ends in \.csv, \.json/);
    }
    assert.ok(!existsSync('a.csv'));
  });

  it('replace an existing file only with `overwrite`', async () => {
    const file = join(tempFolder(), 'a.csv');
    writeFileSync(file, 'mine');
    await assert.rejects(exportTo({ file }), /There is a file .* already/);
    await assert.rejects(exportTo({ file, overwrite: 'yes' }), /“overwrite” must be true or false/);
    await assert.rejects(exportTo({ file, overwrite: false }), /There is a file .* already/);
    assert.equal(readFileSync(file, 'utf8'), 'mine');
    await exportTo({ file, overwrite: true });
    assert.notEqual(readFileSync(file, 'utf8'), 'mine');
  });

  it('are written where the dialog says, also in a virtual file system', async () => {
    // The stand-in for VS Code chooses `memory:/saved`.
    const told = (await exportTo({})) as { readonly file: string };
    const [to, member] = vscodeStub.handed.at(-1) ?? [];
    assert.deepEqual([to, member], ['a file system', 'writeFile']);
    assert.ok(!existsSync('/saved'));
    assert.match(told.file, /memory/);
  });

  it('are offered under their own name, with VS Code’s own label on the button', async () => {
    const { offerDocument } = await importWithStub<typeof OfferDocument>('vscode/commands/offerDocument.ts');
    vscodeStub.person = { asked: (_message, _detail, [, save]) => save };
    await offerDocument('# x', 'done', 'verification.md');
    const [, , options] = vscodeStub.handed.find(([to]) => to === 'a save dialog') ?? [];
    const { defaultUri, saveLabel } = options as {
      readonly defaultUri: { readonly path: string };
      readonly saveLabel?: string;
    };
    assert.match(defaultUri.path, /verification\.md$/);
    assert.equal(saveLabel, undefined);
  });

  it('a secret is replaced by argument only after a confirmation', async () => {
    const secret = gateway.secret('exhausted');
    const stored = async () =>
      setup.testWindow.keyService.duplicateOf({ baseUrl: gateway.origin, secret })?.id;
    vscodeStub.person = { asked: () => undefined };
    await runCommand(setup.parts, 'keyQuota.replaceSecret', { id: key, secret });
    assert.equal(await stored(), undefined);
    assert.match(vscodeStub.shown.join('\n'), /Replace the secret of/);
    await runCommand(setup.parts, 'keyQuota.replaceSecret', { id: key, secret, confirmed: true });
    assert.equal(await stored(), key);
  });
});
