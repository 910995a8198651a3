import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { webhookMessage } from '../../../../src/core/warnings/webhookMessage.ts';
import { isRefusedInBody, webhookBody } from '../../../../src/services/warnings/webhookForms.ts';
import { NOW } from '../../support/samples.ts';

const message = webhookMessage({ warnings: [], text: 'Key Quota: hello', names: false, digest: String }, NOW);
const bodyAt = (address: string, text = message.text): unknown =>
  JSON.parse(webhookBody(new URL(address), { ...message, text }));

describe('what is posted to a webhook', () => {
  it('is the whole message, whose text relays take', () =>
    assert.deepEqual(bodyAt('https://relay.example/in'), message));

  it('has a card for Teams beside what flows at its addresses read', () => {
    const body = { type: 'TextBlock', text: 'Key Quota: hello', wrap: true };
    const content = { type: 'AdaptiveCard', version: '1.2', body: [body] };
    for (const host of ['prod-1.westeurope.logic.azure.com:443', 'a1.environment.api.powerplatform.com'])
      assert.deepEqual(bodyAt(`https://${host}/workflows/x/triggers/manual/paths/invoke`), {
        ...message,
        type: 'message',
        attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content }],
      });
    assert.deepEqual(bodyAt('https://logic.azure.com.example/x'), message);
  });

  it('is short enough for Discord and WeCom, without half a character', () => {
    const long = '钥'.repeat(1000);
    const { content } = bodyAt('https://discord.com/api/webhooks/1/x', long) as { content: string };
    // 665 characters of 3 bytes and the character that there is more: 1,998 bytes.
    assert.equal(content, `${'钥'.repeat(665)}…`);
    const { text } = bodyAt('https://qyapi.weixin.qq.com/x', `a${long}`) as { text: { content: string } };
    assert.equal(text.content, `a${'钥'.repeat(665)}…`);
    assert.deepEqual(bodyAt('https://discord.com/api/webhooks/1/x', 'a'.repeat(2000)), {
      ...{ content: 'a'.repeat(2000), allowed_mentions: { parse: [] } },
    });
  });

  for (const [address, body] of [
    ['https://hooks.slack.com/services/T/B/x', { text: 'Key Quota: hello' }],
    ['https://discord.com/api/webhooks/1/x/slack', { text: 'Key Quota: hello' }],
    ['https://chat.googleapis.com/v1/spaces/x/messages?key=x', { text: 'Key Quota: hello' }],
    [
      'https://oapi.dingtalk.io/robot/send?access_token=x',
      { msgtype: 'text', text: { content: 'Key Quota: hello' } },
    ],
    [
      'https://open.feishu.cn/open-apis/bot/v2/hook/x',
      { msg_type: 'text', content: { text: 'Key Quota: hello' } },
    ],
    [
      'https://open.larksuite.com/open-apis/bot/v2/hook/x',
      { msg_type: 'text', content: { text: 'Key Quota: hello' } },
    ],
    [
      'https://oapi.dingtalk.com/robot/send?access_token=x',
      { msgtype: 'text', text: { content: 'Key Quota: hello' } },
    ],
    [
      'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x',
      { msgtype: 'text', text: { content: 'Key Quota: hello' } },
    ],
    [
      'https://discord.com/api/webhooks/1/x',
      { content: 'Key Quota: hello', allowed_mentions: { parse: [] } },
    ],
  ] as const)
    it(`has the form of ${new URL(address).hostname}${new URL(address).pathname}`, () =>
      assert.deepEqual(bodyAt(address), body));

  it('calls nobody and makes no link, whatever a key is called', () => {
    const { text } = bodyAt('https://relay.example/in', '<!channel> <https://x.example|y> @everyone') as {
      text: string;
    };
    assert.equal(text, '‹!channel› ‹https://x.example|y› ＠everyone');
    assert.deepEqual(bodyAt('https://hooks.slack.com/services/T/B/x', '[Cline](https://x.example)'), {
      text: '[Cline] (https://x.example)',
    });
  });
});

describe('an answer with HTTP 200', () => {
  for (const [address, text, isRefused] of [
    ['https://open.feishu.cn/x', '{"code":19024,"msg":"Key Words Not Found"}', true],
    ['https://open.feishu.cn/x', '{"code":0}', false],
    ['https://oapi.dingtalk.com/x', '{"errcode":310000,"errmsg":"keywords not in content"}', true],
    ['https://oapi.dingtalk.com/x', '{"errcode":0,"errmsg":"ok"}', false],
    ['https://oapi.dingtalk.com/x', 'ok', false],
    ['https://oapi.dingtalk.com/x', undefined, false],
    ['https://relay.example/x', '{"code":1,"errcode":1}', false],
  ] as const)
    it(`of ${new URL(address).hostname} that is ${text} ${isRefused ? 'refuses' : 'takes'} the message`, () =>
      assert.equal(isRefusedInBody(new URL(address), text), isRefused));
});
