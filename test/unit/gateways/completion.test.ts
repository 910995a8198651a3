import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { parseStreamUsage, requestCompletion } from '../../../src/gateways/completion.ts';
import type { GatewayRequest } from '../../../src/http/boundClient.ts';
import type { ChatSettings } from '../../sampleGateways/settings.ts';
import { json } from '../../sampleGateways/wire/reply.ts';
import { TestSetup } from '../support/testSetup.ts';
import { TEAM } from './fixture.ts';

/** 37 characters of JSON, four to a token; an answer of four words, a token each. */
const TOKENS = { prompt: 10, completion: 4, total: 14 };

/** The type of CometAPI’s own errors. */
const TYPE = 'comet_api_error';

describe('a chat completion', () => {
  let setup: TestSetup;
  const sent: GatewayRequest[] = [];
  afterEach(() => {
    sent.length = 0;
    return setup.close();
  });

  const open = async (chat: Partial<ChatSettings> = {}) => {
    const settings = { chat: { wrongTotal: false, withoutUsage: false, ...chat } };
    setup = await TestSetup.open({ kind: 'cometApi', settings, accounts: [TEAM] });
  };
  /** Wrapped, because a usage that is absent is an answer too. */
  const complete = async (streamed: boolean, secret = setup.gateway.secret('alice')) =>
    (
      await setup.ask(setup.key('alice', { secret }), 'chat', async (_gateway, context) => {
        const sendRequest = (question: GatewayRequest) => {
          sent.push(question);
          return context.sendRequest(question);
        };
        return [await requestCompletion({ ...context, sendRequest }, 'gpt-4.1', streamed)];
      })
    )[0];

  for (const streamed of [false, true]) {
    const name = streamed ? 'streamed' : 'plain';

    it(`${name}: tells its tokens, and spends what the gateway counts`, async () => {
      await open();
      assert.deepEqual(await complete(streamed), TOKENS);
      // 10 prompt tokens at 2 units, 4 of the answer at 8.
      assert.deepEqual(setup.gateway.ledger.sum(), { quota: 52, requests: 1, tokens: 14 });
    });

    it(`${name}: keeps a wrong total as it is told`, async () => {
      await open({ wrongTotal: true });
      assert.deepEqual(await complete(streamed), { ...TOKENS, total: 15 });
    });

    it(`${name}: has none where the gateway tells none`, async () => {
      await open({ withoutUsage: true });
      assert.equal(await complete(streamed), undefined);
    });

    for (const [situation, reply, failure] of [
      [
        'a web page',
        { status: 200, body: '<!doctype html><title>x</title>' },
        streamed ? 'not-json' : 'html',
      ],
      ['an empty wallet', json(403, { error: { code: 'insufficient_user_quota', type: TYPE } }), 'used-up'],
      [
        'a model it may not call',
        json(403, { error: { message: '该令牌无权访问模型 gpt-4.1', type: TYPE } }),
        'forbidden',
      ],
      ['an overloaded provider', json(503, { error: { message: 'overloaded' } }), 'server-error'],
      ['a question it does not understand', json(400, { error: { message: 'no' } }), 'refused-request'],
    ] as const) {
      it(`${name}: ${situation} is ${failure}`, async () => {
        await open();
        setup.gateway.setReply('POST /v1/chat/completions', reply);
        await assert.rejects(complete(streamed), new RegExp(`: ${failure}$`));
      });
    }
  }

  it('asks for little, and for the usage of a stream', async () => {
    await open();
    await complete(false);
    await complete(true);
    const messages = [{ role: 'user', content: 'Say ok.' }];
    const plain = { model: 'gpt-4.1', messages, max_completion_tokens: 16 };
    assert.deepEqual(
      sent.map(({ body }) => body),
      [plain, { ...plain, stream: true, stream_options: { include_usage: true } }],
    );
  });

  it('is refused to a wrong key', async () => {
    await open();
    await assert.rejects(complete(false, 'sk-wrong'), /bad-key: refused-key/);
  });
});

describe('the usage of a stream', () => {
  const usage = '{"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}';
  const found = { prompt: 3, completion: 4, total: 7 };

  for (const [name, text, expected] of [
    ['in the last chunk', `data: {"choices":[]}\n\ndata: ${usage}\n\ndata: [DONE]\n\n`, found],
    ['with other line ends', `data: ${usage}\r\n\r\ndata: [DONE]\r\n\r\n`, found],
    ['without a space after the colon', `data:${usage}\n\n`, found],
    ['after comments and events', `: keep-alive\nevent: usage\ndata: ${usage}\n\n`, found],
    ['the last of several', `data: {"usage":null}\n\ndata: ${usage}\n\ndata: {"usage":null}\n\n`, found],
    ['none at all', 'data: {"choices":[]}\n\ndata: [DONE]\n\n', undefined],
    ['in a chunk that was cut', 'data: {"usage":{"prompt_tokens":3}\n\n', undefined],
    ['with tokens that are no whole numbers', `data: ${usage.replace('7', '7.5')}\n\n`, undefined],
    ['with tokens below zero', `data: ${usage.replace('3', '-3')}\n\n`, undefined],
    ['with tokens that are text', `data: ${usage.replace('7', '"7"')}\n\n`, undefined],
  ] as const) {
    it(name, () => assert.deepEqual(parseStreamUsage(text), expected));
  }

  it('of something that is no stream is no answer', () => {
    assert.throws(() => parseStreamUsage('<html></html>'), /unexpected: not-json/);
  });
});
