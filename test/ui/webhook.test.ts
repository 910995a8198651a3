import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeyState } from '../../src/core/quota/keyState.ts';
import { PATIENCE_MS } from '../host/patience.ts';
import type { StageWindow } from '../host/stage.ts';
import { until } from '../host/until.ts';
import { secretFor } from '../sampleGateways/secrets.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../sampleGateways/webhookReceiver.ts';
import { picture } from './support/pictures.ts';
import { addKeys, allShown, CONTAINER, sampleKey } from './support/product.ts';
import { useStage } from './support/stageInUse.ts';
import { answerNotification, holdNotification, readNotification } from './workbench/notifications.ts';
import { readInputBox, runCommand, typeInto } from './workbench/quickInput.ts';
import { openViewContainer } from './workbench/viewContainer.ts';

const KEY = 'Translation service';
const GRANTED_UNITS = 100_000_000;
const BOX = 'An https address that each warning is posted to';
const SET = 'Warnings are posted to';

/** What users install, with a server of webhooks over https whose certificate is trusted by the settings of its address. */
describe('a webhook', () => {
  const stage = useStage({ packaged: true, fleet: { limits: 'off' } });
  let receiver: WebhookReceiver;
  let other: StageWindow;
  let id: string;
  const texts = () => receiver.posts.map(({ body }) => (body as { text: string }).text);

  async function leaveLeft(percent: number): Promise<void> {
    const remain = (GRANTED_UNITS * percent) / 100;
    const key = stage().fleet.gateways.newApiCny.key('translation');
    Object.assign(key, { remain, used: GRANTED_UNITS - remain });
    await stage().pilot.command<KeyState[]>('keyQuota.refresh', id);
  }

  async function arrived(count: number): Promise<void> {
    await until(`message ${count} arrives`, PATIENCE_MS, () => receiver.posts.length >= count);
  }

  before(async () => {
    const { pilot, fleet, openAnother, home, page } = stage();
    receiver = await startWebhookReceiver();
    const caFile = join(home, 'ca.pem');
    await writeFile(caFile, receiver.ca);
    await pilot.setting('keyQuota.gateways', { [receiver.origin]: { caFile } });
    fleet.gateways.newApiCny.key('translation').expiresAt = -1;
    [id = ''] = await addKeys(pilot, [sampleKey(fleet, KEY)]);
    other = await openAnother('beside');
    await allShown(other.pilot, 'the other window shows the key', keys => keys.some(key => key.reading));
    await Promise.all([page, other.page].map(each => openViewContainer(each, CONTAINER)));
  });
  after(() => receiver?.close());

  it('gets each warning once from two windows, and a test', async () => {
    const { page } = stage();
    // The mark of a secret is looked for in all that is written.
    const address = `${receiver.origin}/services/${secretFor('webhook')}`;
    // In a browser each window keeps secrets of its own.
    for (const each of [page, other.page]) {
      await runCommand(each, 'Key Quota: Set Webhook…');
      assert.equal((await readInputBox(each, BOX)).password, true);
      if (each === page) await picture(each, 'webhook-1-address');
      await typeInto(each, BOX, address);
      await readNotification(each, SET);
      await holdNotification(each, SET);
    }
    await picture(page, 'webhook-2-set');
    await answerNotification(page, SET, 'Send Test');
    await readNotification(page, 'The webhook accepted the test message.');
    assert.deepEqual(texts(), ['Key Quota: This is a test. Warnings will look like this.']);
    await leaveLeft(4);
    await arrived(2);
    await leaveLeft(0);
    await arrived(3);
    // A second message about 4 % would have come before the one about 0.
    assert.deepEqual(texts().slice(1), ['Key Quota: 1 low', 'Key Quota: 1 used up']);
  });
});
