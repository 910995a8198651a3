import assert from 'node:assert/strict';
import { join } from 'node:path';
import { PATIENCE_MS } from '../host/patience.ts';
import { until } from '../host/until.ts';
import { picture } from './support/pictures.ts';
import { useStage } from './support/stageInUse.ts';
import { dismissQuickInput, openPalette, readAllChoices, readChoices } from './workbench/quickInput.ts';

const NEED_NO_KEY = [
  'Add Key…',
  'Choose Status Bar Style…',
  'Copy Diagnostics…',
  'Copy MCP Configuration…',
  'Describe a Gateway…',
  // VS Code's own, for each view.
  'Focus on API Keys View',
  'Hide or Show Figures',
  'Import Keys…',
  'Pause All Warnings…',
  'Remove Webhook…',
  'Report Issue…',
  'Resume All Warnings',
  'Set Proxy Login…',
  'Set Webhook…',
  'Show Extension Log',
  'Show Keys…',
  'Show Overview',
];
const NEED_A_KEY = [
  'Add Keys of Account…',
  'Ask Gateway Now…',
  'Copy Base URL',
  'Copy Model List',
  'Copy Secret…',
  'Create Budget Review…',
  'Edit Note…',
  'Erase History…',
  'Export History…',
  'Export Keys…',
  'Find a Key for a Model…',
  'Move Down',
  'Move Up',
  'Open Console',
  'Pause Key Checks…',
  'Pin Key to Status Bar',
  'Query Usage…',
  'Read Key from Account…',
  'Refresh All Keys',
  'Remove Key…',
  'Rename Key…',
  'Replace Secret…',
  'Resume Key Checks…',
  'Separate Key from Account…',
  'Set Key Warnings…',
  'Set Spending Limit…',
  'Show Expiring Keys',
  'Show Plans',
  'Show Request Log…',
  'Snooze Warnings for 24 Hours…',
  'Test Key…',
  'Top Up Key',
  'Unpin Key from Status Bar',
  'Verify Gateway…',
];

describe('before activation', () => {
  const stage = useStage({ asleep: true, extensions: [join(import.meta.dirname, 'program')] });
  /** Titles of ours, sorted, without what else the palette says of each. */
  const offered = async () => {
    const { page } = stage();
    await openPalette(page, 'Key Quota: ');
    // The list holds what matched the text before until it is filtered again.
    await until('the palette has filtered its list', PATIENCE_MS, async () =>
      (await readChoices(page)).every(choice => choice.includes('Key Quota')),
    );
    const choices = await readAllChoices(page);
    await picture(page, `palette-${choices.length}`);
    await dismissQuickInput(page);
    return choices.flatMap(choice => /Key Quota: ([^,]+)/.exec(choice)?.[1] ?? []).toSorted();
  };

  it('the palette offers all commands, since it is not known whether there are keys', async () => {
    assert.deepEqual(await offered(), [...NEED_NO_KEY, ...NEED_A_KEY].toSorted());
  });

  it('a first call is answered, and then the palette offers the commands that need no key', async () => {
    // Without a key it says so, and has no report to return.
    assert.equal(await stage().pilot.command('keyQuota.queryUsage'), null);
    // VS Code learns a moment after the answer that there are no keys.
    let titles: readonly string[] = [];
    await until('the palette offers fewer commands', PATIENCE_MS, async () => {
      titles = await offered();
      return titles.length <= NEED_NO_KEY.length;
    }).catch(() => undefined);
    assert.deepEqual(titles, NEED_NO_KEY);
  });

  it('a first call with an argument is answered', async () => {
    const { pilot } = await stage().openAnother('with-argument');
    assert.deepEqual(await pilot.command('keyQuota.findKeyForModel', { model: 'gpt-4o' }), []);
  });

  it('any call of an extension that has just activated this one is answered', async () => {
    const { pilot } = await stage().openAnother('program');
    assert.deepEqual(await pilot.command('program.activateAndCall', 'keyQuota.refresh'), []);
  });
});
