import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { CANARY } from '../../sampleGateways/secrets.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { ask, askJson, bearer } from './ask.ts';

interface Balance {
  total_quota: number;
  keys: { name: string; remain_quota: number; used_quota: number }[];
  daily_quota?: Record<string, unknown>;
}

describe('sample gateway: query service of CometAPI', () => {
  let gateway: SampleGateway;
  afterEach(() => gateway.close());

  const path = (key: string, more = ''): string => `/user/quota/?key=${gateway.secret(key)}${more}`;

  it('gives the example of the documents', async () => {
    gateway = await startSampleGateway({ kind: 'cometQuery' });
    const body = await askJson<Balance & { request_count: number }>(gateway.origin, path('query-floats'));
    assert.deepEqual([body.total_quota, body.request_count], [2105.234088, 1221]);
    assert.deepEqual(body.keys[1], { name: 'tts_test', remain_quota: 8.93872, used_quota: 2.099206 });
    assert.equal('daily_quota' in body, false);
  });

  it('writes unlimited keys in both ways', async () => {
    gateway = await startSampleGateway({ kind: 'cometQuery' });
    const last = async (key: string) => (await askJson<Balance>(gateway.origin, path(key))).keys.at(-1);
    assert.deepEqual(await last('query-unlimited-999999999'), {
      name: 'test_key',
      remain_quota: 999_999_999,
      used_quota: -1,
    });
    assert.deepEqual(await last('query-unlimited-minus-1'), {
      name: 'test_key',
      remain_quota: -1,
      used_quota: 0,
    });
  });

  it('redirects to the slash form, and its log knows no secret', async () => {
    gateway = await startSampleGateway({ kind: 'cometQuery' });
    const answer = await ask(gateway.origin, path('query-ints').replace('/?', '?'));
    assert.equal(answer.status, 301);
    assert.equal(answer.headers.location, path('query-ints'));
    assert.equal(gateway.calls[0]?.search, '?key=query-ints');
    assert.equal(gateway.calls[0]?.carriedSecret, true);
    assert.equal(JSON.stringify(gateway.calls).includes(CANARY), false);
  });

  it('refuses dates that are not, unless told to take anything', async () => {
    gateway = await startSampleGateway({ kind: 'cometQuery' });
    const status = async (more: string) => (await ask(gateway.origin, path('query-ints', more))).status;
    assert.equal(await status('&start_date=2026/06/01&end_date=2026-06-02'), 400);
    assert.equal(await status('&start_date=2026-02-29&end_date=2026-03-01'), 400);
    assert.equal(await status('&start_date=2026-06-02&end_date=2026-06-01'), 400);
    assert.equal((await ask(gateway.origin, '/user/quota/?key=sk-nobody')).status, 401);
    const outside = await askJson<Balance>(
      gateway.origin,
      path('query-ints', '&start_date=2020-01-01&end_date=2020-01-31'),
    );
    assert.deepEqual(outside.daily_quota, {});
    gateway.settings.query.acceptsAnyDate = true;
    assert.equal(await status('&start_date=2026/06/01&end_date=2026-06-02'), 200);
  });
});

describe('sample gateway: completions of CometAPI', () => {
  let gateway: SampleGateway;
  afterEach(() => gateway.close());

  const post = (body: unknown) =>
    ask(gateway.origin, '/v1/chat/completions', bearer(gateway.secret('ok')), 'POST', JSON.stringify(body));
  const question = { model: 'gpt-4.1', messages: [{ role: 'user', content: 'hi' }] };

  it('tells tokens that add up and spends for them', async () => {
    gateway = await startSampleGateway({ kind: 'cometApi' });
    const { usage } = JSON.parse((await post(question)).text) as { usage: Record<string, number> };
    assert.equal(usage.total_tokens, (usage.prompt_tokens ?? 0) + (usage.completion_tokens ?? 0));
    assert.equal(gateway.ledger.sum({ key: 'ok' }).tokens, usage.total_tokens);
    assert.equal(gateway.account('ok').requests, 1);
    gateway.settings.chat.wrongTotal = true;
    const wrong = (JSON.parse((await post(question)).text) as { usage: Record<string, number> }).usage;
    assert.notEqual(wrong.total_tokens, (wrong.prompt_tokens ?? 0) + (wrong.completion_tokens ?? 0));
  });

  it('streams, with usage in the last chunk only when asked', async () => {
    gateway = await startSampleGateway({ kind: 'cometApi' });
    const plain = await post({ ...question, stream: true });
    assert.equal(plain.headers['content-type'], 'text/event-stream');
    assert.equal(plain.text.includes('usage'), false);
    const told = (await post({ ...question, stream: true, stream_options: { include_usage: true } })).text;
    const events = told.split('\n\n').filter(event => event.startsWith('data: '));
    assert.equal(events.at(-1), 'data: [DONE]');
    assert.match(events.at(-2) ?? '', /"choices":\[\],"usage":\{"prompt_tokens":\d+/);
  });

  it('refuses in its own form', async () => {
    gateway = await startSampleGateway({ kind: 'cometApi' });
    const refused = await post({ model: 'gpt-4.1' });
    assert.equal(refused.status, 400);
    assert.match(refused.text, /"type":"comet_api_error"/);
    gateway.account('ok').quota = 0;
    assert.equal((await post(question)).status, 403);
  });
});
