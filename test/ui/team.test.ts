import assert from 'node:assert/strict';
import type { KeyState } from '../../src/core/quota/keyState.ts';
import { PATIENCE_MS } from '../host/patience.ts';
import { until } from '../host/until.ts';
import { picture } from './support/pictures.ts';
import { allShown, CONTAINER, ITEM, removeAllKeys, sampleKey, VIEW } from './support/product.ts';
import { ServeProcess } from './support/serveProcess.ts';
import { makeOld } from './support/sharedStore.ts';
import { useStage } from './support/stageInUse.ts';
import { hoverOver, stopHovering } from './workbench/hover.ts';
import { chooseGateway, readInputBox, typeInto } from './workbench/quickInput.ts';
import { clickStatusBarItem, statusBarItem } from './workbench/statusBar.ts';
import { readTreeRow, treeRow } from './workbench/tree.ts';
import { openViewContainer } from './workbench/viewContainer.ts';

const KEY = 'Cline – work';
const HOUR_MS = 3_600_000;

/** What users install beside a real server of a team, whose keys they see without having one. */
describe('the keys of a team’s server', () => {
  const stage = useStage({ packaged: true, fleet: { limits: 'off' } });
  const server = new ServeProcess();
  const keys = () => [sampleKey(stage().fleet, KEY)];
  const shows = (text: string) => statusBarItem(stage().page, ITEM).filter({ hasText: text }).waitFor();
  const refresh = (id: string) => stage().pilot.command<KeyState[]>('keyQuota.refresh', id);

  before(async () => {
    await openViewContainer(stage().page, CONTAINER);
    await server.start(keys());
  });
  afterEach(() => removeAllKeys(stage()));
  after(() => server.close());

  it('stand in bar and tree after its address and a token, age while it is down, and are fresh when it is back', async function () {
    this.timeout(240_000);
    const { page, pilot } = stage();
    await clickStatusBarItem(page, ITEM);
    await typeInto(page, 'Paste an address, a key, or both', server.address);
    await page.getByPlaceholder('Which kind of gateway').waitFor();
    await chooseGateway(page, 'Key Quota server');
    const { placeholder } = await readInputBox(page, 'sent only to this gateway');
    assert.equal(placeholder, 'Reader’s token');
    await typeInto(page, 'sent only to this gateway', server.token);
    const isTold = (each: KeyState) => each.via !== undefined && each.reading !== undefined;
    const all = await allShown(pilot, 'the key of the server is told', each => each.some(isTold));
    const served = all.find(isTold) ?? assert.fail();
    const label = served.via ?? '';
    assert.equal(served.label, KEY);
    await pilot.command('notifications.clearAll');
    await readTreeRow(page, VIEW, `$18.42 · ${KEY}`, `via ${label}`);
    await shows(`${KEY} · $18.42`);
    const card = await hoverOver(page, statusBarItem(page, ITEM));
    await card.getByText(`via ${label}`).first().waitFor();
    await picture(page, 'team-1-served');
    await stopHovering(page);
    await pilot.command('keyQuota.pinKey', served.id);
    await assert.rejects(
      pilot.command('keyQuota.renameKey', { id: served.id, label: 'Mine' }),
      /change it there/,
    );

    await server.kill();
    await refresh(served.id);
    makeOld(stage(), served.id, 3 * HOUR_MS);
    await treeRow(page, VIEW, `$18.42 · ${KEY}`).filter({ hasText: 'out of date' }).waitFor();
    await shows('as of 3 hours ago');
    await picture(page, 'team-2-silent');
    const [silent] = await refresh(served.id);
    assert.equal(silent?.status, 'stale');
    assert.match(
      silent?.failure?.message ?? '',
      new RegExp(new URL(server.address).host.replaceAll('.', '\\.')),
    );

    await server.start(keys());
    await until('the key is fresh', PATIENCE_MS, async () => {
      const [fresh] = await refresh(served.id);
      return fresh?.status === 'ok' && !fresh.failure;
    });
    const row = await readTreeRow(page, VIEW, `$18.42 · ${KEY}`, `via ${label} · pinned`);
    assert.ok(row);
    await picture(page, 'team-3-back');
  });
});
