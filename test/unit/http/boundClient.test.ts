import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import { failed, GatewayError } from '../../../src/core/quota/failure.ts';
import {
  bindClient,
  type GatewayRequest,
  type ReserveCall,
  type SendRequest,
} from '../../../src/http/boundClient.ts';
import { sendByDefault } from '../../../src/http/send.ts';
import { createTransport, type Transport, type TransportRequest } from '../../../src/http/transport.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';

const QUIET: Pick<GatewayRequest, 'secretIn' | 'limiter'> = { secretIn: 'bearer', limiter: 'scarce' };

describe('the bound client', () => {
  let gateway: SampleGateway;
  let elsewhere: SampleGateway;
  let booked: string[] = [];
  const transport = createTransport(
    () => sendByDefault,
    () => ({ timeoutMs: 5000, maxBytes: 100_000 }),
  );
  const book: ReserveCall = limiter => void booked.push(limiter);
  const bind = (onBook: ReserveCall = book, origin = gateway.origin): SendRequest =>
    bindClient(transport, { secret: gateway.secret('ok'), baseUrl: origin, credential: 'apiKey' }, onBook);

  before(async () => {
    gateway = await startSampleGateway();
    elsewhere = await startSampleGateway();
  });

  afterEach(() => {
    booked = [];
    gateway.calls.length = 0;
  });

  after(async () => {
    await gateway.close();
    await elsewhere.close();
    assert.deepEqual(elsewhere.calls, [], 'no request ever reached another origin');
  });

  describe('paths that lead to another origin', () => {
    const FORMS = [
      '//{host}/x',
      '///{host}/x',
      '\\\\{host}/x',
      '/\\{host}/x',
      '/\t/{host}/x',
      '\n//{host}/x',
      ' //{host}/x',
      'http://{host}/x',
      'HTTP://{host}/x',
      'https://{host}/x',
      'http:\\\\{host}/x',
      '//user@{host}/x',
      '//evil.invalid/x',
      'https://evil.invalid/x',
      'javascript:alert(1)',
      'data:text/plain,x',
      'http://[bad',
    ];
    for (const form of FORMS) {
      it(`${JSON.stringify(form)} is refused before a call is reserved or sent`, async () => {
        const path = form.replace('{host}', new URL(elsewhere.origin).host);
        for (const secretIn of [
          'bearer',
          'raw',
          'query',
          { header: 'x-api-key' },
          { bodyField: 'apiKey' },
        ] as const) {
          await assert.rejects(
            async () => bind()({ ...QUIET, path, secretIn }),
            (error: Error) => !String(error.stack).includes('CANARY'),
          );
        }
        assert.deepEqual(booked, []);
        assert.deepEqual(gateway.calls, []);
      });
    }

    it('never asks an origin that is not normalized', async () => {
      for (const origin of [`${gateway.origin}/`, `${gateway.origin}/v1/`, 'HTTP://127.0.0.1']) {
        await assert.rejects(async () => bind(book, origin)({ ...QUIET, path: '/api/status' }));
      }
      assert.deepEqual(gateway.calls, []);
    });

    it('asks for unusual paths on the same origin', async () => {
      for (const path of [
        '/@evil.invalid/x',
        '/..//evil.invalid',
        '/https://evil.invalid',
        'evil.invalid/x',
      ]) {
        await bind()({ ...QUIET, path });
      }
      assert.equal(gateway.calls.length, 4);
    });
  });

  describe('where the secret is sent', () => {
    const USAGE = '/api/usage/token/';

    it('as a bearer token', async () => {
      const answer = await bind()({ ...QUIET, path: USAGE });
      assert.equal(answer.status, 200);
      assert.equal(gateway.calls[0]?.key, 'ok');
    });

    it('raw, without the scheme', async () => {
      const answer = await bind()({ ...QUIET, path: USAGE, secretIn: 'raw' });
      assert.match(answer.text ?? '', /Invalid Bearer token/);
      assert.equal(gateway.calls[0]?.key, 'ok');
    });

    it('in the query, with other members', async () => {
      const query = { start_date: '2026-01-01', page: 2, end_date: undefined };
      await bind()({ ...QUIET, path: '/api/status', secretIn: 'query', query });
      assert.equal(gateway.calls[0]?.search, '?start_date=2026-01-01&page=2&key=ok');
    });

    it('not at all', async () => {
      const answer = await bind()({ ...QUIET, path: '/api/status', secretIn: 'none' });
      assert.equal(answer.status, 200);
      assert.equal(gateway.calls[0]?.carriedSecret, false);
    });
  });

  describe('a secret in another header or in the body', () => {
    const sentBy = async (request: Partial<GatewayRequest>): Promise<TransportRequest> => {
      const sent: TransportRequest[] = [];
      const seen: Transport = async outgoing => {
        sent.push(outgoing);
        return { status: 200, headers: { get: () => null, has: () => false }, text: '' };
      };
      const bound = { secret: 'CANARY', baseUrl: gateway.origin, credential: 'apiKey' } as const;
      await bindClient(seen, bound, book)({ ...QUIET, path: '/v1/me', ...request });
      return sent[0] ?? assert.fail();
    };

    it('is in that header alone', async () => {
      const { url, headers, body, method } = await sentBy({
        secretIn: { header: 'x-api-key' },
        headers: { 'x-api-key': 'other', 'anthropic-version': '2023-06-01' },
      });
      assert.deepEqual(headers, { 'x-api-key': 'CANARY', 'anthropic-version': '2023-06-01' });
      assert.deepEqual([url.href, body, method], [`${gateway.origin}/v1/me`, undefined, undefined]);
    });

    it('is in the body alone, beside what the request has there', async () => {
      const { url, headers, body, method } = await sentBy({
        secretIn: { bodyField: 'apiKey' },
        body: { apiKey: 'other', days: 7 },
      });
      assert.deepEqual([method, body], ['POST', '{"apiKey":"CANARY","days":7}']);
      assert.deepEqual(
        [url.href, headers],
        [`${gateway.origin}/v1/me`, { 'content-type': 'application/json' }],
      );
      assert.equal((await sentBy({ secretIn: { bodyField: 'key' } })).body, '{"key":"CANARY"}');
    });

    it('is in the query by the name that the gateway takes it by', async () => {
      const { url, headers } = await sentBy({ secretIn: { query: 'access_token' }, query: { page: 2 } });
      assert.deepEqual([url.search, headers], ['?page=2&access_token=CANARY', {}]);
    });

    it('is in no header that something on the way understands, under no other name, and beside no list', async () => {
      const refused = [
        ...['cookie', 'host', 'forwarded', 'proxy-authorization', 'X-API-Key'].map(header => ({
          secretIn: { header: header as 'x-api-key' },
        })),
        ...['path', 'X', 'key&x', ''].map(query => ({ secretIn: { query: query as 'key' } })),
        { secretIn: { bodyField: 'key' }, body: ['x'] },
      ];
      for (const request of refused) {
        await assert.rejects(sentBy(request), (error: Error) => !String(error.stack).includes('CANARY'));
      }
      assert.deepEqual(booked, [], 'refused before a call is reserved');
    });
  });

  it('only a request with a body has the content type JSON', async () => {
    const sent: TransportRequest[] = [];
    const seen: Transport = async request => {
      sent.push(request);
      return { status: 200, headers: { get: () => null, has: () => false }, text: '' };
    };
    const bound = { secret: gateway.secret('ok'), baseUrl: gateway.origin, credential: 'apiKey' } as const;
    const client = bindClient(seen, bound, book);
    await client({ ...QUIET, path: '/v1/chat/completions', body: { model: 'gpt-4.1' } });
    await client({ ...QUIET, path: '/api/status' });
    assert.deepEqual(
      sent.map(({ method, body, headers }) => [method, body, headers?.['content-type']]),
      [
        ['POST', '{"model":"gpt-4.1"}', 'application/json'],
        [undefined, undefined, undefined],
      ],
    );
  });

  it('a body is sent as JSON by POST', async () => {
    await bind()({ ...QUIET, path: '/v1/chat/completions', body: { model: 'gpt-4.1' } });
    assert.equal(gateway.calls[0]?.method, 'POST');
  });

  it('asks for gzip, except for short answers', async () => {
    // The sample gateway packs as New API does: whatever a request lets it.
    const packing = async (short?: boolean) => {
      const { status, headers } = await bind()({ ...QUIET, path: '/api/usage/token/', short });
      return [status, headers.get('content-encoding')];
    };
    assert.deepEqual(await packing(), [200, 'gzip']);
    assert.deepEqual(await packing(true), [200, null]);
  });

  it('reserves another call for a redirect that is followed', async () => {
    await bind()({ ...QUIET, path: '/api/usage/token' });
    assert.deepEqual(booked, ['scarce', 'scarce']);
    assert.equal(gateway.calls.length, 2);
  });

  it('does not follow a redirect without room in the request budget', async () => {
    let room = 1;
    const ask = bind(() => {
      room -= 1;
      if (room < 0) throw failed('rate-limited', 'own-budget');
    });
    await assert.rejects(ask({ ...QUIET, path: '/api/usage/token' }), /rate-limited: own-budget/);
    assert.equal(gateway.calls.length, 1);
  });

  it('reserves a call before it is sent', async () => {
    let sentWhenBooked = -1;
    const ask = bind(async limiter => {
      await book(limiter);
      sentWhenBooked = gateway.calls.length;
    });
    await ask({ ...QUIET, path: '/api/status', limiter: 'general' });
    assert.equal(sentWhenBooked, 0);
    assert.deepEqual(booked, ['general']);
    assert.equal(gateway.calls.length, 1);
  });

  it('sends nothing when no call can be reserved', async () => {
    const ask = bind(() => {
      throw failed('rate-limited', 'own-budget');
    });
    await assert.rejects(async () => ask({ ...QUIET, path: '/api/status' }), GatewayError);
    assert.deepEqual(gateway.calls, []);
  });
});
