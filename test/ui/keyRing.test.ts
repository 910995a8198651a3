import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { KeyState } from '../../src/core/quota/keyState.ts';
import { connectPilot } from '../host/pilot.ts';
import { endExtensionHost } from './support/extensionHost.ts';
import { picture } from './support/pictures.ts';
import { addKeys, allShown, CONTAINER, ITEM, sampleKey, VIEW } from './support/product.ts';
import { useStage } from './support/stageInUse.ts';
import { hoverOver, stopHovering } from './workbench/hover.ts';
import { statusBarItem } from './workbench/statusBar.ts';
import { pressRowButton, treeRow } from './workbench/tree.ts';
import { openViewContainer } from './workbench/viewContainer.ts';

const WORK = 'Cline – work';
const SIDE = 'Roo – side project';
const silent = (label: string) =>
  `VS Code’s secret storage is not responding, so “${label}” cannot be checked. Checks continue as soon as it responds; unlock the system’s key ring, or reload the window.`;

describe('a key ring that hangs', () => {
  const stage = useStage({
    packaged: true,
    fleet: { limits: 'off' },
    extensions: [join(import.meta.dirname, 'keyRing')],
  });

  it('stops no key whose secret is known, and a new one is refused with what to do', async () => {
    const { page, pilot, fleet } = stage();
    await openViewContainer(page, CONTAINER);
    await addKeys(pilot, [sampleKey(fleet, WORK)]);
    await pilot.command('keyRing.hang');
    const before = Date.now();
    const [state] = await pilot.command<KeyState[]>('keyQuota.refresh');
    assert.deepEqual([state?.status, state?.failure], ['ok', undefined]);
    assert.ok(Date.parse(state?.reading?.takenAt ?? '') >= before, 'it was asked');
    await assert.rejects(addKeys(pilot, [sampleKey(fleet, SIDE)]), {
      message: `VS Code’s secret storage is not responding, so nothing was saved for “${SIDE}”. Unlock the system’s key ring or reload the window, and try again.`,
    });
    await treeRow(page, VIEW, WORK).filter({ hasText: '$18.42' }).waitFor();
    assert.equal(await treeRow(page, VIEW, SIDE).count(), 0);
    await picture(page, 'key-ring-refused');
  });

  it('is told at a key that is refreshed after a restart, in every view, and ends by itself', async () => {
    const { page, pilots } = stage();
    await endExtensionHost(stage(), 'project');
    const pilot = await connectPilot(pilots, 'project');
    await treeRow(page, VIEW, WORK).waitFor();
    await picture(page, 'key-ring-restart');
    await pressRowButton(page, VIEW, WORK, 'Refresh Key');
    const [told] = await allShown(pilot, 'it is told', keys => keys.some(({ failure }) => failure));
    assert.equal(told?.failure?.message, silent(WORK));
    await treeRow(page, VIEW, WORK).filter({ hasText: 'key ring not responding' }).waitFor();
    const ofRow = await hoverOver(page, treeRow(page, VIEW, WORK));
    await ofRow.getByText('is not responding, so').waitFor();
    await picture(page, 'key-ring-row');
    await stopHovering(page);
    const ofBar = await hoverOver(page, statusBarItem(page, ITEM));
    await ofBar.getByText('key ring not responding · as of').waitFor();
    await picture(page, 'key-ring-bar');
    await stopHovering(page);
    await pilot.command('keyRing.answer');
    await allShown(pilot, 'it goes on', keys =>
      keys.every(({ status, failure }) => status === 'ok' && !failure),
    );
    await treeRow(page, VIEW, WORK).filter({ hasText: '$18.42' }).waitFor();
    await picture(page, 'key-ring-answers');
  });
});
