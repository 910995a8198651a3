import assert from 'node:assert/strict';
import type { KeyState } from '../../../src/core/quota/keyState.ts';
import { picture } from '../support/pictures.ts';
import { addKeys, ITEM, removeAllKeys, sampleKey, VIEW } from '../support/product.ts';
import { makeOld } from '../support/sharedStore.ts';
import type { StageInUse } from '../support/stageInUse.ts';
import { hoverOver, stopHovering } from '../workbench/hover.ts';
import { statusBarItem } from '../workbench/statusBar.ts';
import { readTreeRow } from '../workbench/tree.ts';

const KEY = 'Cline – work';
const HOUR_MS = 3_600_000;
const FIGURES = ['/api/usage/token/', '/v1/dashboard/billing/subscription', '/v1/dashboard/billing/usage'];
const CHALLENGE = {
  status: 403,
  headers: { 'cf-mitigated': 'challenge', 'content-type': 'text/html' },
  body: '<html><title>Just a moment...</title></html>',
};

/** With a gateway behind a page that lets only browsers through. */
export function testProtectionPage(stage: () => StageInUse): void {
  describe('a protection page in front of a gateway', () => {
    afterEach(() => removeAllKeys(stage()));

    it('leaves the last figure with its age for a day, and says who kept the key out', async () => {
      const { page, pilot, fleet } = stage();
      const { origin } = sampleKey(fleet, KEY);
      const [id = ''] = await addKeys(pilot, [sampleKey(fleet, KEY)]);
      for (const path of FIGURES) fleet.gateways.newApi.setReply(`GET ${path}`, CHALLENGE);
      try {
        const [state] = await pilot.command<KeyState[]>('keyQuota.refresh', id);
        assert.equal(
          state?.failure?.message,
          `A protection page in front of ${origin} blocked “${KEY}”. If this keeps happening, ask the gateway’s operator to let API calls through. Retrying automatically.`,
        );
        makeOld(stage(), id, 24 * HOUR_MS);
        const row = await readTreeRow(
          page,
          VIEW,
          `$18.42 · ${KEY}`,
          'out of date · blocked by a protection page · Relay One',
        );
        assert.equal(row.icon, 'history');
        await statusBarItem(page, ITEM)
          .filter({ hasText: `${KEY} · $18.42 · as of 24 hours ago` })
          .waitFor();
        const card = await hoverOver(page, statusBarItem(page, ITEM));
        await card.getByText('blocked by a protection page').first().waitFor();
        await picture(page, 'protection-page');
        await stopHovering(page);
      } finally {
        for (const path of FIGURES) fleet.gateways.newApi.setReply(`GET ${path}`, undefined);
      }
      const [state] = await pilot.command<KeyState[]>('keyQuota.refresh', id);
      assert.deepEqual([state?.status, state?.failure], ['ok', undefined]);
    });
  });
}
