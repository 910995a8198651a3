import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { parseWebhookAddress, secretPartsOf } from '../../../../src/core/input/webhookAddress.ts';

describe('the address of a webhook', () => {
  const hrefOf = (text: string) => {
    const parsed = parseWebhookAddress(text);
    return 'url' in parsed ? parsed.url.href : parsed.problem;
  };

  for (const [text, expected] of [
    [' https://hooks.example/services/T0/B1/x ', 'https://hooks.example/services/T0/B1/x'],
    ['https://hooks.example/a?key=1#part', 'https://hooks.example/a?key=1'],
    ['https://127.0.0.1:8443/hook', 'https://127.0.0.1:8443/hook'],
    ['http://hooks.example/a', 'not-https'],
    ['http://127.0.0.1/a', 'not-https'],
    ['ftp://hooks.example/a', 'not-https'],
    ['hooks.example/a', 'not-address'],
    ['', 'not-address'],
    ['https://me:pass@hooks.example/a', 'with-login'],
    ['https://me@hooks.example/a', 'with-login'],
    [`https://hooks.example/${'a'.repeat(1979)}`, 'too-long'],
  ] as const)
    it(`${text.slice(0, 50)} is ${expected}`, () => assert.equal(hrefOf(text), expected));
});

describe('the secret of a webhook’s address', () => {
  for (const [address, parts] of [
    [
      'https://hooks.slack.com/services/T01234567/B01234567/abcdefghijklmnopqrstuvwx',
      ['abcdefghijklmnopqrstuvwx'],
    ],
    ['https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef', ['0123456789abcdef']],
    [
      'https://open.feishu.cn/open-apis/bot/v2/hook/11112222-3333-4444-5555-666677778888',
      ['11112222-3333-4444-5555-666677778888'],
    ],
    ['https://eo1a2b3c4d5e6f7.m.example.net/', ['eo1a2b3c4d5e6f7']],
    ['https://relay.example/in/x%2Fyz-1234567', ['x/yz-1234567']],
    ['https://relay.example/in/my-hook', ['my-hook']],
    ['https://relay.example/in/%zz-12345678901', ['%zz-12345678901']],
    ['https://relay.example/in', []],
  ] as const)
    it(`${address} is ${parts.join(', ') || 'none'}`, () =>
      assert.deepEqual(secretPartsOf(new URL(address)), parts));
});
