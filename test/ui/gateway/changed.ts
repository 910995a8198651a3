import assert from 'node:assert/strict';
import type { KeyState } from '../../../src/core/quota/keyState.ts';
import type { UsageReport } from '../../../src/core/usage/usageReport.ts';
import { dayBefore } from '../support/panel.ts';
import { picture } from '../support/pictures.ts';
import { addKeys, removeAllKeys, sampleKey, VIEW } from '../support/product.ts';
import type { StageInUse } from '../support/stageInUse.ts';
import { expandRow, treeRow } from '../workbench/tree.ts';

const KEY = 'Cline – work';
const ACCOUNT = 'Relay One – account';

export function testChangedGateway(stage: () => StageInUse): void {
  describe('a gateway that changes', () => {
    afterEach(() => removeAllKeys(stage()));

    it('an account whose list of keys cannot be read: its balance, and no number of keys', async () => {
      const { page, pilot, fleet } = stage();
      const body = JSON.stringify({ success: true, message: '', data: 'none' });
      const headers = { 'content-type': 'application/json' };
      fleet.gateways.newApi.setReply('GET /api/token/', { status: 200, headers, body });
      try {
        const [id] = await addKeys(pilot, [sampleKey(fleet, ACCOUNT)]);
        const [state] = await pilot.command<KeyState[]>('keyQuota.refresh', id);
        assert.ok(state?.reading?.account?.balance !== undefined);
        assert.equal(state.reading.accountKeys, undefined);
        await expandRow(page, VIEW, ACCOUNT);
        assert.doesNotMatch((await treeRow(page, VIEW, ACCOUNT).textContent()) ?? '', /\b(0|no) keys/i);
        await picture(page, 'changed-list');
      } finally {
        fleet.gateways.newApi.setReply('GET /api/token/', undefined);
      }
    });

    it('another scale: figures by the new one, and nothing spent by the change', async () => {
      const { page, pilot, fleet } = stage();
      const { status } = fleet.gateways.newApi;
      const [id] = await addKeys(pilot, [sampleKey(fleet, KEY)]);
      const today = dayBefore(0);
      const spent = async () => {
        const report = await pilot.command<UsageReport>('keyQuota.queryUsage', {
          key: id,
          from: today,
          to: today,
        });
        return report.total?.used;
      };
      const before = await spent();
      status.quota_per_unit = 250_000;
      try {
        await pilot.command('keyQuota.refresh', id);
        // The same raw numbers are twice as much.
        await treeRow(page, VIEW, KEY).filter({ hasText: '$36.84' }).waitFor();
        assert.equal(await spent(), before);
        await picture(page, 'changed-scale');
      } finally {
        status.quota_per_unit = 500_000;
      }
    });
  });
}
