import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type FailureClass, type FailureReason, GatewayError } from '../../../src/core/quota/failure.ts';
import { type Send, sendByDefault } from '../../../src/http/send.ts';
import { createTransport, type Transport, type TransportRequest } from '../../../src/http/transport.ts';
import { ORDINARY_BODY } from '../../sampleGateways/scenarios/faults.ts';
import { secretFor } from '../../sampleGateways/secrets.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { ByteServer } from '../support/byteServer.ts';
import { until } from '../support/until.ts';

const PATIENT_MS = 5000;
const MIB = 1024 * 1024;

function transportWith(timeoutMs: number, maxBytes = 2 * MIB): Transport {
  return createTransport(
    () => sendByDefault,
    () => ({ timeoutMs, maxBytes }),
  );
}

/** What must come of a request that brings no answer: this failure, and no secret in the error. */
async function fails(
  work: Promise<unknown>,
  expected: { class: FailureClass; reason: FailureReason; status?: number },
): Promise<void> {
  await assert.rejects(work, (error: unknown) => {
    assert.ok(error instanceof GatewayError, String(error));
    assert.deepEqual(error.failure, expected);
    assert.ok(!String(error.stack).includes('CANARY'));
    assert.equal(error.cause, undefined);
    return true;
  });
}

describe('the transport', () => {
  let gateway: SampleGateway;
  let server: ByteServer;

  const usage = (handle: string, more: Partial<TransportRequest> = {}): TransportRequest => ({
    url: new URL('/api/usage/token/', gateway.origin),
    headers: { authorization: `Bearer ${gateway.secret(handle)}` },
    ...more,
  });

  before(async () => {
    gateway = await startSampleGateway();
    server = await ByteServer.start();
  });

  after(async () => {
    await gateway.close();
    await server.stop();
  });

  it('brings a whole answer, whatever its status', async () => {
    const send = transportWith(PATIENT_MS);
    const ok = await send(usage('ok'));
    assert.equal(ok.status, 200);
    assert.equal(ok.headers.get('x-new-api-version'), 'v1.0.0-rc.24');
    assert.match(ok.text ?? '', /"total_available":100000/);
    const missing = await send({ url: new URL('/api/nope', gateway.origin) });
    assert.equal(missing.status, 404);
    assert.equal((await send(usage('304'))).status, 304);
    assert.equal((await send(usage('non-utf8'))).text, undefined);
  });

  describe('its timeout', () => {
    for (const scenario of ['slow-headers', 'slow-body', 'drip-slow']) {
      it(`ends ${scenario}`, () =>
        fails(transportWith(100)(usage(scenario)), { class: 'transient', reason: 'timeout' }));
    }

    it('is for the whole exchange, however steadily bytes arrive', async () => {
      // The scenario sends a byte every 2 ms, some 240 of them.
      await fails(transportWith(100)(usage('drip')), { class: 'transient', reason: 'timeout' });
      assert.equal((await transportWith(PATIENT_MS)(usage('drip'))).text, ORDINARY_BODY);
    });

    for (const [what, sendFor] of Object.entries({
      'a way that is never found': () => new Promise<Send>(() => undefined),
      'a way that never says anything': () => () => new Promise<never>(() => undefined),
      'a body that never says anything': () => async () => ({
        status: 200,
        headers: new Headers(),
        body: {
          [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }),
        },
      }),
    })) {
      it(`ends ${what}, and so does the caller`, async () => {
        const send = createTransport(sendFor, () => ({ timeoutMs: 100, maxBytes: MIB }));
        await fails(send(usage('ok')), { class: 'transient', reason: 'timeout' });
        const controller = new AbortController();
        const patient = createTransport(sendFor, () => ({ timeoutMs: PATIENT_MS, maxBytes: MIB }));
        const ended = assert.rejects(patient(usage('ok', { signal: controller.signal })), {
          name: 'AbortError',
        });
        controller.abort();
        await ended;
      });
    }

    it('goes on counting after a redirect', () => {
      const url = new URL('/api/usage/token', gateway.origin);
      return fails(transportWith(100)(usage('drip-slow', { url })), {
        class: 'transient',
        reason: 'timeout',
      });
    });
  });

  describe("the caller's abort", () => {
    for (const scenario of ['slow-headers', 'slow-body']) {
      it(`closes the connection during ${scenario} and is no failure of the gateway`, async () => {
        const controller = new AbortController();
        const sent = transportWith(PATIENT_MS)(usage(scenario, { signal: controller.signal }));
        const outcome = assert.rejects(sent, { name: 'AbortError' });
        await until(() => gateway.holds.size === 1);
        controller.abort();
        await outcome;
        await until(() => gateway.holds.size === 0);
      });
    }

    it('before the request sends nothing', async () => {
      const calls = gateway.calls.length;
      const sent = transportWith(PATIENT_MS)(usage('ok', { signal: AbortSignal.abort() }));
      await assert.rejects(sent, { name: 'AbortError' });
      assert.equal(gateway.calls.length, calls);
    });

    it('before the request does not even look for a way, which may ask for a password', async () => {
      let looks = 0;
      const send = createTransport(
        () => {
          looks++;
          return sendByDefault;
        },
        () => ({ timeoutMs: PATIENT_MS, maxBytes: MIB }),
      );
      await assert.rejects(send(usage('ok', { signal: AbortSignal.abort() })), { name: 'AbortError' });
      assert.equal(looks, 0);
      await send(usage('ok'));
      assert.equal(looks, 1);
    });
  });

  it('leaves no timer behind, whatever comes of a request', async () => {
    const { setTimeout: set, clearTimeout: clear } = globalThis;
    const alarms = new Set<unknown>();
    const never: Send = () => Promise.reject(new Error('no way'));
    const answers: Send = async () => ({
      status: 200,
      headers: { get: () => null, has: () => false },
      body: (async function* () {})(),
    });
    globalThis.setTimeout = ((work: () => void, ms: number) => {
      const alarm = set(work, ms);
      if (ms === 1_000_000) alarms.add(alarm);
      return alarm;
    }) as typeof set;
    globalThis.clearTimeout = alarm => {
      alarms.delete(alarm);
      clear(alarm);
    };
    try {
      for (const way of [never, answers]) {
        let most = 0;
        const send = createTransport(
          () => {
            most = alarms.size;
            return way;
          },
          () => ({ timeoutMs: 1_000_000, maxBytes: MIB }),
        );
        await send(usage('ok')).catch(() => undefined);
        assert.deepEqual([most, alarms.size], [1, 0]);
      }
    } finally {
      globalThis.setTimeout = set;
      globalThis.clearTimeout = clear;
      for (const alarm of alarms) clear(alarm as NodeJS.Timeout);
    }
  });

  it('follows a redirect only after it was booked as another call', async () => {
    const calls = gateway.calls.length;
    const full = new Error('no room');
    const sent = transportWith(PATIENT_MS)(
      usage('ok', {
        url: new URL('/api/usage/token', gateway.origin),
        beforeExtraCall: () => Promise.reject(full),
      }),
    );
    await assert.rejects(sent);
    assert.equal(gateway.calls.length, calls + 1);
  });

  describe('its cap on bodies', () => {
    it('lets a body of just that size pass and no byte more', async () => {
      const size = Buffer.byteLength(ORDINARY_BODY);
      assert.equal((await transportWith(PATIENT_MS, size)(usage('json-as-text'))).text, ORDINARY_BODY);
      await fails(transportWith(PATIENT_MS, size - 1)(usage('json-as-text')), {
        class: 'unexpected',
        reason: 'too-large',
        status: 200,
      });
    });

    it('counts what a compressed body unpacks to', () =>
      fails(transportWith(PATIENT_MS)(usage('gzip-bomb')), {
        class: 'unexpected',
        reason: 'too-large',
        status: 200,
      }));

    it('closes the connection at once instead of reading on', async () => {
      const url = new URL('/endless', server.origin);
      await fails(transportWith(PATIENT_MS, 100_000)({ url }), {
        class: 'unexpected',
        reason: 'too-large',
        status: 200,
      });
      await server.closedByClient;
      // What is on the way in the system's buffers counts too, hence so much more than the cap.
      assert.ok(server.sentBytes < 32 * MIB, `${server.sentBytes} bytes were sent`);
    });
  });

  describe('connections that cannot be made', () => {
    it('a closed port', async () => {
      const closed = await startSampleGateway({ scenarios: 'none' });
      await closed.close();
      const url = new URL(closed.origin);
      await fails(transportWith(PATIENT_MS)({ url }), { class: 'transient', reason: 'connection-refused' });
    });

    it('a name that nobody has', () => {
      const url = new URL('http://gateway.invalid/api/status');
      return fails(transportWith(PATIENT_MS)({ url }), { class: 'transient', reason: 'host-not-found' });
    });

    for (const scenario of ['reset', 'reset-after-head', 'reset-in-body', 'closed-in-body']) {
      it(scenario, () =>
        fails(transportWith(PATIENT_MS)(usage(scenario)), {
          class: 'transient',
          reason: 'connection-broken',
        }),
      );
    }
  });

  it('a header that cannot be sent does not show what is in it', () => {
    const headers = { authorization: `Bearer ${secretFor('one')}\n${secretFor('two')}` };
    return fails(transportWith(PATIENT_MS)({ url: new URL(gateway.origin), headers }), {
      class: 'transient',
      reason: 'connection-broken',
    });
  });

  it('lets go of the body of an answer that leads elsewhere, which nobody reads', async () => {
    let isAborted = () => false;
    const leadingAway: Send = async (_url, { signal }) => {
      isAborted = () => signal.aborted;
      const headers = new Headers({ location: 'https://elsewhere.example/' });
      return { status: 302, headers, body: (async function* () {})() };
    };
    const send = createTransport(
      () => leadingAway,
      () => ({ timeoutMs: PATIENT_MS, maxBytes: MIB }),
    );
    await assert.rejects(send(usage('ok')), GatewayError);
    assert.equal(isAborted(), true);
  });

  it('looks the way up for each request', async () => {
    let asked = 0;
    const counting: Send = (...request) => {
      asked += 1;
      return sendByDefault(...request);
    };
    let current = sendByDefault;
    const send = createTransport(
      () => current,
      () => ({ timeoutMs: PATIENT_MS, maxBytes: MIB }),
    );
    await send(usage('ok'));
    current = counting;
    await send(usage('ok'));
    assert.equal(asked, 1);
  });

  it('sends a body by POST and asks for JSON', async () => {
    const url = new URL('/echo?a=1', server.origin);
    const headers = { 'content-type': 'application/json' };
    const answer = await transportWith(PATIENT_MS)({ url, method: 'POST', headers, body: '{"a":1}' });
    const seen = JSON.parse(answer.text ?? '');
    assert.equal(seen.line, 'POST /echo?a=1');
    assert.equal(seen.body, '{"a":1}');
    assert.equal(seen.headers.accept, 'application/json');
    assert.equal(seen.headers['content-type'], 'application/json');
    assert.equal(seen.headers['user-agent'], 'key-quota');
  });
});
