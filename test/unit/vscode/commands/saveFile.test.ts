import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type * as OfferDocument from '../../../../src/vscode/commands/offerDocument.ts';
import type * as SaveFile from '../../../../src/vscode/commands/saveFile.ts';
import type * as ExportUsage from '../../../../src/vscode/commands/usage/exportUsage.ts';
import type * as FetchLogPage from '../../../../src/vscode/commands/usage/fetchLogPage.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { CommandSetup } from '../../support/commandSetup.ts';
import { runCommand } from '../../support/runCommand.ts';
import { DAY } from '../../support/samples.ts';
import { until } from '../../support/until.ts';
import { importWithStub, vscodeStub } from '../../support/vscodeStub.ts';

const BYTE_ORDER_MARK = '\uFEFF';

const { saveFile } = await importWithStub<typeof SaveFile>('vscode/commands/saveFile.ts');
const { saveLogCsv } = await importWithStub<typeof FetchLogPage>('vscode/commands/usage/fetchLogPage.ts');
const { offerDocument } = await importWithStub<typeof OfferDocument>('vscode/commands/offerDocument.ts');
const { exportUsage } = await importWithStub<typeof ExportUsage>('vscode/commands/usage/exportUsage.ts');

interface DialogOptions {
  readonly defaultUri: { readonly path: string };
  readonly filters: Readonly<Record<string, readonly string[]>>;
}

/** What was handed to VS Code, in the order of time: what the dialog was told, and each file that was written. */
function handedOver() {
  const dialog = vscodeStub.handed.find(([to]) => to === 'a save dialog')?.[2] as DialogOptions;
  const files = vscodeStub.handed.flatMap(([to, member, what]) => {
    if (to !== 'a file system' || member !== 'writeFile') return [];
    const [target, bytes] = what as [{ readonly path: string }, Uint8Array];
    return [[target.path, Buffer.from(bytes).toString('utf8')] as const];
  });
  return { dialog, files };
}

describe('saving a file', () => {
  let gateway: SampleGateway;
  let setup: CommandSetup;
  let key: string;

  beforeEach(async () => {
    gateway = await startSampleGateway({ scenarios: { ok: {} } });
    setup = await CommandSetup.open();
    await setup.testWindow.monitor.start();
    gateway.key('ok').expiresAt = Math.round((setup.clock.now() + 9 * DAY) / 1000);
    key = await setup.testWindow.addKey(gateway, 'ok');
    await setup.testWindow.monitor.refresh([key]);
    Object.assign(vscodeStub, { person: {}, shown: [], handed: [], picks: [] });
  });

  afterEach(async () => {
    Object.assign(vscodeStub, { person: {}, existing: new Set() });
    for (const pick of vscodeStub.picks) pick.hide();
    await setup.close();
    await gateway.close();
  });

  const SAVED: Readonly<
    Record<string, readonly [save: () => unknown, name: RegExp, filters: DialogOptions['filters']]>
  > = {
    'the history of a key': [
      () => runCommand(setup.parts, 'keyQuota.exportHistory', key),
      /\/ok-history\.csv$/,
      { CSV: ['csv'], JSON: ['json'] },
    ],
    'a usage report': [() => exportUsage({ reports: [] }, 'markdown'), /\/usage\.md$/, { Markdown: ['md'] }],
    'a usage report on some keys': [
      () => exportUsage({ reports: [], part: { keys: { shown: 2, all: 3 } } }, 'csv'),
      /\/usage-2-of-3-keys\.csv$/,
      { CSV: ['csv'] },
    ],
    'a usage report on one model': [
      () => exportUsage({ reports: [], part: { model: 'a/b', keys: { shown: 2, all: 3 } } }, 'json'),
      /\/usage-part\.json$/,
      { JSON: ['json'] },
    ],
    'rows of a log': [() => saveLogCsv('log.csv', 'a,b'), /\/log\.csv$/, { CSV: ['csv'] }],
    'a verification': [
      () => {
        vscodeStub.person = { asked: (_message, _detail, [, save]) => save };
        return offerDocument('# x', 'done', 'verification-2026-06-01.md');
      },
      /\/verification-2026-06-01\.md$/,
      { Markdown: ['md'] },
    ],
  };
  for (const [what, [save, name, filters]] of Object.entries(SAVED)) {
    it(`suggests a name in the home folder, writes the chosen format, and shows where: ${what}`, async () => {
      await save();
      const { dialog, files } = handedOver();
      assert.match(dialog.defaultUri.path, name);
      assert.ok(dialog.defaultUri.path.startsWith(homedir()), dialog.defaultUri.path);
      assert.deepEqual(dialog.filters, filters);
      assert.deepEqual(
        files.map(([path]) => path),
        ['/saved'],
      );
      assert.ok(vscodeStub.shown.includes('Saved as memory:/saved'), vscodeStub.shown.join('\n'));
    });
  }

  it('saves the expiring keys from their list in the same way', async () => {
    await runCommand(setup.parts, 'keyQuota.showExpiringKeys');
    await until(() => vscodeStub.picks.length > 0);
    const pick = vscodeStub.picks.at(-1);
    pick?.choose('save');
    await until(() => vscodeStub.shown.includes('Saved as memory:/saved'));
    const { dialog, files } = handedOver();
    assert.match(dialog.defaultUri.path, /\/expiring-keys\.ics$/);
    assert.match(files[0]?.[1] ?? '', /^BEGIN:VCALENDAR/);
  });

  it('writes a byte order mark into CSV under any name, and none into Markdown', async () => {
    await saveFile('a.csv', [{ name: 'CSV', extension: 'csv', text: () => 'a,b' }]);
    await saveFile('a.md', [{ name: 'Markdown', extension: 'md', text: () => '# a' }]);
    assert.deepEqual(
      handedOver().files.map(([, text]) => text),
      [`${BYTE_ORDER_MARK}a,b`, '# a'],
    );
  });

  it('removes characters that a file system refuses from the name', async () => {
    await saveFile('../a/b: “c”?-history.csv', [{ name: 'CSV', extension: 'csv', text: () => '' }]);
    assert.match(handedOver().dialog.defaultUri.path, /\/ab c-history\.csv$/);
  });

  it('writes a whole review into a virtual file system', async () => {
    vscodeStub.person = { picked: (_title, labels) => labels[0], typed: () => '' };
    const result = (await runCommand(setup.parts, 'keyQuota.createBudgetReview')) as {
      readonly files: string[];
    };
    const { files } = handedOver();
    assert.deepEqual(
      result.files,
      files.map(([path]) => `memory:${path}`),
    );
    assert.equal(files.length, 5);
    for (const [path] of files)
      assert.match(path, /^\/chosen\/budget-review-[\d-]+\/[\w-]+\.(?:md|html|csv|json)$/);
    const [, , options] = vscodeStub.handed.find(([to]) => to === 'an open dialog') ?? [];
    assert.equal((options as { defaultUri: { path: string } }).defaultUri.path, homedir());
    assert.ok(vscodeStub.shown.includes('Budget review written: 5 files.'));
  });

  it('writes a review beside those that a virtual file system has, and over none of them', async () => {
    vscodeStub.person = { picked: (_title, labels) => labels[0], typed: () => '' };
    const folderOfReview = async () => {
      vscodeStub.handed = [];
      await runCommand(setup.parts, 'keyQuota.createBudgetReview');
      const folders = handedOver().files.map(([path]) => dirname(path));
      assert.deepEqual(new Set(folders).size, 1);
      return folders[0] ?? '';
    };
    const first = await folderOfReview();
    vscodeStub.existing = new Set([`${first}/review.md`, `${first} (2)/usage-incomplete.csv`]);
    assert.equal(await folderOfReview(), `${first} (3)`);
  });
});
