import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, beforeEach, describe, it } from 'mocha';
import { failed } from '../../../../src/core/quota/failure.ts';
import { webhookMessage } from '../../../../src/core/warnings/webhookMessage.ts';
import type { TransportRequest } from '../../../../src/http/transport.ts';
import { WebhookDelivery } from '../../../../src/services/warnings/webhookDelivery.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../../../sampleGateways/webhookReceiver.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { type RoutedTransports, routedTransports } from '../../support/routedTransports.ts';
import { NOW } from '../../support/samples.ts';
import { until } from '../../support/until.ts';

const SECOND = 1000;
const PATH = '/services/T0/B1/abcdefghijkl?via=x';
const message = webhookMessage({ warnings: [], text: 'hello', names: false, digest: String }, NOW);

describe('a message that is posted', () => {
  let receiver: WebhookReceiver;
  let transports: RoutedTransports;
  let clock: ManualClock;
  let address: URL | undefined;
  let delivery: WebhookDelivery;
  let caFile: string | undefined;

  beforeEach(async () => {
    receiver = await startWebhookReceiver();
    caFile = join(tempFolder(), 'ca.pem');
    writeFileSync(caFile, receiver.ca);
    transports = routedTransports(() => (caFile === undefined ? {} : { caFile }));
    clock = new ManualClock(NOW);
    address = new URL(PATH, receiver.origin);
    delivery = new WebhookDelivery({
      transport: transports.transport,
      clock,
      address: async () => address,
    });
  });
  afterEach(async () => {
    delivery.dispose();
    await transports.close();
    await receiver.close();
  });
  after(removeTempFolders);

  /** Sends while each pause passes as soon as the try before it has been answered. */
  async function sendThrough(pauses: readonly number[]) {
    const sending = delivery.send(message);
    for (const [index, ms] of pauses.entries()) {
      await until(() => receiver.posts.length === index + 1 && clock.nextIn() === ms);
      await clock.advance(ms);
    }
    return sending;
  }

  it('arrives as JSON by POST at the whole address', async () => {
    assert.deepEqual(await delivery.send(message), { type: 'sent' });
    assert.deepEqual(receiver.posts, [
      {
        method: 'POST',
        path: PATH,
        contentType: 'application/json; charset=utf-8',
        body: JSON.parse(JSON.stringify(message)),
      },
    ]);
  });

  it('is tried again after 5 s, 30 s and 2 min while the service has trouble', async () => {
    receiver.answers = [{ status: 503 }, { status: 429 }, { status: 408 }, { status: 204 }];
    assert.deepEqual(await sendThrough([5 * SECOND, 30 * SECOND, 120 * SECOND]), { type: 'sent' });
    assert.equal(receiver.posts.length, 4);
  });

  it('is given up after that', async () => {
    receiver.answers = [{ status: 500 }];
    assert.deepEqual(await sendThrough([5 * SECOND, 30 * SECOND, 120 * SECOND]), {
      type: 'status',
      status: 500,
    });
    assert.equal(receiver.posts.length, 4);
  });

  for (const status of [400, 404, 410])
    it(`is not tried again after HTTP ${status}`, async () => {
      receiver.answers = [{ status }];
      assert.deepEqual(await delivery.send(message), { type: 'status', status });
      assert.equal(receiver.posts.length, 1);
    });

  for (const [name, location] of [
    ['another path', '/elsewhere'],
    ['the same path with a slash', '/services/T0/B1/abcdefghijkl/'],
    ['another host', 'https://other.example/'],
  ] as const)
    it(`follows no redirect to ${name}`, async () => {
      receiver.answers = [{ status: 307, headers: { location } }, { status: 200 }];
      assert.deepEqual(await delivery.send(message), { type: 'redirected' });
      assert.equal(receiver.posts.length, 1);
    });

  it('does not go to a server whose certificate is not trusted', async () => {
    caFile = undefined;
    const outcome = await delivery.sendOnce(message);
    assert.equal(outcome.type === 'failed' && outcome.failure.reason, 'certificate-untrusted');
    assert.equal(receiver.posts.length, 0);
  });

  it('has its path hidden from VS Code’s own log', async () => {
    const asked: TransportRequest[] = [];
    const recording = new WebhookDelivery({
      transport: async request => {
        asked.push(request);
        throw failed('transient', 'offline');
      },
      clock,
      address: async () => address,
    });
    await recording.sendOnce(message);
    assert.deepEqual(
      asked.map(({ hidePath }) => hidePath),
      [true],
    );
  });

  it('is not tried again once the webhook was removed', async () => {
    receiver.answers = [{ status: 503 }];
    const sending = delivery.send(message);
    await until(() => clock.nextIn() === 5 * SECOND);
    address = undefined;
    await clock.advance(5 * SECOND);
    assert.deepEqual(await sending, { type: 'none' });
    assert.equal(receiver.posts.length, 1);
  });

  it('ends with the window, between two tries as well', async () => {
    receiver.answers = [{ status: 503 }];
    const sending = delivery.send(message);
    await until(() => clock.nextIn() === 5 * SECOND);
    delivery.dispose();
    assert.deepEqual(await sending, { type: 'none' });
    assert.equal(clock.nextIn(), undefined);
    assert.equal(receiver.posts.length, 1);
  });
});
