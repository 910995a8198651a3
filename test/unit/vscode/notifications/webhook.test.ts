import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, beforeEach, describe, it } from 'mocha';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type { Warning } from '../../../../src/core/warnings/warning.ts';
import { Redactor } from '../../../../src/redaction/redactor.ts';
import { setFiguresHidden } from '../../../../src/text/hiddenFigures.ts';
import type * as WebhookModule from '../../../../src/vscode/notifications/webhook.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../../../sampleGateways/webhookReceiver.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MemorySecrets } from '../../support/memorySecrets.ts';
import { type RoutedTransports, routedTransports } from '../../support/routedTransports.ts';
import { runCommand } from '../../support/runCommand.ts';
import { keyState, NOW, quota, reading } from '../../support/samples.ts';
import { importWithStub, vscodeStub } from '../../support/vscodeStub.ts';

const { Webhook } = await importWithStub<typeof WebhookModule>('vscode/notifications/webhook.ts');

const TOKEN = 'Zq8tT0pL4wX7bN2k';
const low = (id: string, label: string, left = 1): Warning => {
  const key: Partial<KeyState> = { id, label, status: 'low', reading: reading({ quota: quota(left, 20) }) };
  return { key: keyState(key), kind: 'low', threshold: 20, severity: 'warning', urgent: false };
};

describe('a webhook', () => {
  let receiver: WebhookReceiver;
  let transports: RoutedTransports;
  let storage: MemorySecrets;
  let redactor: Redactor;
  let log: string[];
  let webhook: WebhookModule.Webhook;
  const parts = () => ({ webhook: async () => webhook }) as never;
  const address = () => `${receiver.origin}/hook/${TOKEN}`;
  const bodies = () => receiver.posts.map(({ body }) => body as { text: string; warnings: object[] });

  beforeEach(async () => {
    Object.assign(vscodeStub, { shown: [], handed: [], settings: {}, person: {} });
    receiver = await startWebhookReceiver();
    const caFile = join(tempFolder(), 'ca.pem');
    writeFileSync(caFile, receiver.ca);
    transports = routedTransports(() => ({ caFile }));
    storage = new MemorySecrets();
    redactor = new Redactor();
    log = [];
    webhook = new Webhook({
      ...{ storage, redactor, transport: transports.transport },
      clock: new ManualClock(NOW),
      log: { warn: line => log.push(line) },
    });
  });
  afterEach(async () => {
    webhook.dispose();
    await transports.close();
    await receiver.close();
  });
  after(removeTempFolders);

  it('that is not set gets nothing', async () => {
    await webhook.tell([low('a', 'Team')]);
    assert.deepEqual([receiver.posts.length, log], [0, []]);
  });

  it('is told what is wrong with how many keys, and no name, no amount, no address, no id', async () => {
    await webhook.set(new URL(address()));
    await webhook.tell([low('first-id', 'Team'), low('other-id', 'Evals')]);
    const [body] = bodies();
    assert.equal(body?.text, 'Key Quota: 2 low');
    assert.doesNotMatch(JSON.stringify(body), /Team|Evals|\$|gw\.example|first-id|other-id/);
    assert.equal(new Set(body?.warnings.map(each => Reflect.get(each, 'key'))).size, 2);
  });

  it('is told names and amounts where the setting allows it', async () => {
    vscodeStub.settings = { 'webhook.names': true };
    await webhook.set(new URL(address()));
    await webhook.tell([low('a', 'Team')]);
    await webhook.tell([low('a', 'Team'), low('b', 'Evals', 2)]);
    assert.deepEqual(
      bodies().map(({ text }) => text),
      [
        'Key Quota: “Team” is low: $1.00 of $20.00 (5%) left.',
        'Key Quota: 2 low\n“Team” is low: $1.00 of $20.00 (5%) left.\n“Evals” is low: $2.00 of $20.00 (10%) left.',
      ],
    );
    assert.equal(Reflect.get(bodies()[0]?.warnings[0] ?? {}, 'name'), 'Team');
  });

  it('is told amounts that are hidden on the screen, and of many warnings the worst', async () => {
    vscodeStub.settings = { 'webhook.names': true };
    await webhook.set(new URL(address()));
    setFiguresHidden(true);
    await webhook.tell([low('a', 'Team')]).finally(() => setFiguresHidden(false));
    const many = Array.from({ length: 60 }, (_, index) => low(`${index}`, `Key ${index}`));
    const usedUp: Warning = { ...low('z', 'Main', 0), threshold: 0, severity: 'error' };
    await webhook.tell([...many, usedUp]);
    const [hidden, all] = bodies();
    assert.equal(hidden?.text, 'Key Quota: “Team” is low: $1.00 of $20.00 (5%) left.');
    assert.equal(all?.text.split('\n')[1], '“Main” is used up.');
    assert.equal(Reflect.get(all?.warnings[0] ?? {}, 'name'), 'Main');
  });

  it('is told no secret that a name holds', async () => {
    vscodeStub.settings = { 'webhook.names': true };
    redactor.protect('sk-W1x2Y3z4A5b6C7d8');
    await webhook.set(new URL(address()));
    await webhook.tell([low('a', 'sk-W1x2Y3z4A5b6C7d8')]);
    assert.match(bodies()[0]?.text ?? '', /‹secret›/);
    assert.doesNotMatch(JSON.stringify(bodies()), /W1x2Y3z4/);
  });

  it('has its address in SecretStorage alone, and out of every text', async () => {
    await webhook.set(new URL(address()));
    assert.deepEqual([...storage.entries], [['webhook', address()]]);
    assert.equal(redactor.redact(`went to ${address()}`), `went to ${receiver.origin}/hook/‹secret›`);
    // Another window reads it.
    const there = new Redactor();
    const other = new Webhook({
      ...{ storage, redactor: there, transport: transports.transport },
      clock: new ManualClock(NOW),
      log: { warn: line => log.push(line) },
    });
    assert.equal(await other.host(), new URL(receiver.origin).host);
    assert.equal(there.redact(TOKEN), '‹secret›');
  });

  it('that does not answer well is told of once, until it does, without its address and its words', async () => {
    await webhook.set(new URL(address()));
    receiver.answers = [{ status: 404, body: 'no such hook: words of the server' }];
    await webhook.tell([low('a', 'Team')]);
    await webhook.tell([low('b', 'Team')]);
    const sentence = 'The webhook answered HTTP 404. Check its address.';
    assert.deepEqual(log, [`A warning could not be posted to the webhook: ${sentence}`]);
    assert.deepEqual(vscodeStub.shown, [
      `Warnings do not reach your webhook. ${sentence}`,
      '',
      'Set Webhook…',
    ]);
    receiver.answers = [{ status: 200 }, { status: 410 }];
    await webhook.tell([low('c', 'Team')]);
    await webhook.tell([low('d', 'Team')]);
    assert.equal(log.length, 2);
    assert.match(log[1] ?? '', /HTTP 410/);
  });

  it('that cannot be reached is blamed by its origin alone', async () => {
    await webhook.set(new URL(`https://127.0.0.1:1/hook/${TOKEN}`));
    const trouble = await webhook.test();
    assert.match(trouble ?? '', /^https:\/\/127\.0\.0\.1:1 could not be reached for “Webhook”/);
    assert.doesNotMatch(trouble ?? '', /hook\//);
  });

  it('leads to its command from the notification', async () => {
    vscodeStub.person = { asked: () => 'Set Webhook…' };
    await webhook.set(new URL(address()));
    receiver.answers = [{ status: 404 }];
    await webhook.tell([low('a', 'Team')]);
    assert.deepEqual(
      vscodeStub.handed.map(([, command]) => command),
      ['keyQuota.setWebhook'],
    );
  });

  describe('is set', () => {
    it('by typing alone, hidden, and tried with a button', async () => {
      const asked: (readonly [string, boolean])[] = [];
      vscodeStub.person = {
        typed: (prompt, _value, password) => {
          asked.push([prompt, password]);
          return address();
        },
        asked: (_message, _detail, buttons) => buttons[0],
      };
      await runCommand(parts(), 'keyQuota.setWebhook', { address: 'https://elsewhere.example/x' });
      assert.deepEqual([asked.length, asked[0]?.[1]], [1, true]);
      assert.equal(storage.entries.get('webhook'), address());
      assert.deepEqual(
        bodies().map(({ text }) => text),
        ['Key Quota: This is a test. Warnings will look like this.'],
      );
      const { host } = new URL(receiver.origin);
      assert.ok(vscodeStub.shown.includes(`Warnings are posted to ${host} from now on.`));
      assert.ok(vscodeStub.shown.includes('The webhook accepted the test message.'));
      assert.ok(!vscodeStub.shown.some(text => text.includes(TOKEN)));
    });

    it('with the reason why a test failed', async () => {
      receiver.answers = [{ status: 403 }];
      vscodeStub.person = { typed: address, asked: (_message, _detail, buttons) => buttons[0] };
      await runCommand(parts(), 'keyQuota.setWebhook');
      assert.ok(vscodeStub.shown.includes('The webhook answered HTTP 403. Check its address.'));
    });

    it('not to what is no https address', async () => {
      for (const typed of ['http://127.0.0.1/x', '', undefined]) {
        vscodeStub.person = { typed: () => typed };
        await runCommand(parts(), 'keyQuota.setWebhook');
      }
      assert.equal(storage.entries.size, 0);
    });
  });

  describe('is removed', () => {
    it('after a yes, and gets nothing from then on', async () => {
      await webhook.set(new URL(address()));
      await runCommand(parts(), 'keyQuota.removeWebhook', { confirmed: true });
      assert.equal(storage.entries.size, 1, 'whoever dismisses the question keeps it');
      vscodeStub.person = { asked: (_message, _detail, buttons) => buttons[0] };
      await runCommand(parts(), 'keyQuota.removeWebhook');
      assert.equal(storage.entries.size, 0);
      await webhook.tell([low('a', 'Team')]);
      assert.equal(receiver.posts.length, 0);
    });

    it('without a question where there is none', async () => {
      await runCommand(parts(), 'keyQuota.removeWebhook');
      assert.deepEqual(vscodeStub.shown.filter(Boolean), ['No webhook is set.']);
    });
  });
});
