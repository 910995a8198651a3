import assert from 'node:assert/strict';
import { join } from 'node:path';
import { PATIENCE_MS } from '../host/patience.ts';
import { until } from '../host/until.ts';
import { picture } from './support/pictures.ts';
import { useStage } from './support/stageInUse.ts';
import { dismissQuickInput, openPalette, readChoices } from './workbench/quickInput.ts';

const OFFERED_ASLEEP = [
  'Add Key…',
  'Choose Status Bar Style…',
  // VS Code's own, for each view.
  'Focus on API Keys View',
  'Query Usage…',
  'Show Keys…',
  'Warnings for Key…',
];
const OFFERED_WITHOUT_KEYS = ['Pause All Warnings…', 'Resume Warnings', 'Set Proxy Login…', 'Show Log'];

describe('while we sleep', () => {
  const stage = useStage({ asleep: true, extensions: [join(import.meta.dirname, 'program')] });
  /** Titles of ours, sorted, without what else the palette says of each. */
  const offered = async () => {
    const { page } = stage();
    await openPalette(page, 'Key Quota: ');
    const choices = await until('the palette has filtered its list', PATIENCE_MS, async () => {
      const all = await readChoices(page);
      return all.every(choice => choice.includes('Key Quota')) && all;
    });
    await picture(page, `palette-${choices.length}`);
    await dismissQuickInput(page);
    return choices.flatMap(choice => /Key Quota: ([^,]+)/.exec(choice)?.[1] ?? []).toSorted();
  };

  it('the palette offers what needs no key and can wake us', async () => {
    assert.deepEqual(await offered(), OFFERED_ASLEEP);
  });

  it('a first call of that is answered', async () => {
    // Without a key it says so, and has no report to return.
    assert.equal(await stage().pilot.command('keyQuota.queryUsage'), null);
    assert.deepEqual(await offered(), [...OFFERED_ASLEEP, ...OFFERED_WITHOUT_KEYS].toSorted());
  });

  it('a first call of anything else is answered when it has an argument', async () => {
    const { pilot } = await stage().openAnother('with-argument');
    assert.deepEqual(await pilot.command('keyQuota.findKeyForModel', { model: 'gpt-4o' }), []);
  });

  it('a program that has just activated us is answered, whatever it calls', async () => {
    const { pilot } = await stage().openAnother('program');
    assert.deepEqual(await pilot.command('program.activateAndCall', 'keyQuota.refresh'), []);
  });
});
