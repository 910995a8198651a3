import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { GatewayError } from '../../../../src/core/quota/failure.ts';
import { queryUsage } from '../../../../src/services/usage/usageQuery.ts';
import { empty, json, page, type Reply } from '../../../sampleGateways/wire/reply.ts';
import { advanceWindows } from '../../support/advanceWindows.ts';
import { DAY, HOUR, MINUTE } from '../../support/samples.ts';
import { TestSetup } from '../../support/testSetup.ts';

const USAGE = '/api/usage/token/';
const YEAR = 365 * DAY;

/** What stands between us and a gateway and refuses calls in its place. */
const BODIES: Readonly<Record<string, (headers: Record<string, string>) => Reply>> = {
  'a page': headers => ({
    ...page(429, '<html><title>429 Too Many Requests</title></html>', headers),
    bare: true,
  }),
  'another form': headers => ({ ...json(429, { message: 'API rate limit exceeded' }, headers), bare: true }),
  nothing: headers => ({ ...empty(429, headers), bare: true }),
};
/** `Retry-After` by the time of the gateway's clock, and how long we stay away at most. */
const PAUSES: Readonly<Record<string, readonly [(now: number) => string, number]>> = {
  'of a year, in seconds': [() => String(YEAR / 1000), DAY],
  'of a year, as a date': [now => new Date(now + YEAR).toUTCString(), DAY],
  'of more seconds than a clock has': [() => '9'.repeat(30), DAY],
  'in the year 9999': [() => 'Fri, 31 Dec 9999 23:59:59 GMT', DAY],
  'of no seconds': [() => '0', 0],
  'of less than none': [() => '-5', HOUR],
  'in the past, as a date': [now => new Date(now - HOUR).toUTCString(), 0],
  'of 1970': [() => 'Thu, 01 Jan 1970 00:00:00 GMT', 0],
  'that is a word': [() => 'soon', HOUR],
};

describe('a 429 from something in between', () => {
  let setup: TestSetup;
  afterEach(() => setup.close());

  const wait = (ms: number) => advanceWindows(ms, setup.clock, setup.testWindow);
  const heldMs = () =>
    Math.max(
      0,
      (setup.testWindow.store.requests.heldUntil(setup.gateway.origin, 'scarce') ?? 0) - setup.clock.now(),
    );

  /** A key that was read by the only way there is: without billing all calls are scarce. */
  async function open(): Promise<string> {
    setup = await TestSetup.open({ version: 'v0.12.0', scenarios: { ok: {} }, limits: 'real' });
    for (const prefix of ['', '/v1'])
      for (const path of ['usage', 'subscription'])
        setup.gateway.setReply(`GET ${prefix}/dashboard/billing/${path}`, { status: 404, body: 'not here' });
    await setup.testWindow.monitor.start();
    const id = await setup.testWindow.keyService.add(setup.key('ok'));
    await wait(MINUTE);
    assert.equal(setup.testWindow.keyState(id).reading?.quota?.remaining, 0.2);
    return id;
  }

  for (const [pause, [header, mostMs]] of Object.entries(PAUSES)) {
    for (const [form, reply] of Object.entries(BODIES).slice(0, pause.includes('date') ? 3 : 1)) {
      it(`with ${form} and a pause ${pause}: ${mostMs / HOUR} h at most, with the figures of before`, async () => {
        const id = await open();
        setup.gateway.setReply(
          `GET ${USAGE}`,
          reply({ 'Retry-After': header(setup.clock.now() + 6 * MINUTE) }),
        );
        await wait(6 * MINUTE);
        const { reading, failure } = setup.testWindow.keyState(id);
        assert.ok(failure);
        assert.equal(reading?.quota?.remaining, 0.2);
        assert.ok(heldMs() <= mostMs, `${heldMs()} ms`);
        assert.ok(
          !failure.retryAt || Date.parse(failure.retryAt) <= setup.clock.now() + DAY,
          failure.retryAt,
        );
        // Refused again and again it is asked less often than every five minutes.
        const before = setup.gateway.callsOf({ path: USAGE }).length;
        await wait(HOUR);
        const calls = setup.gateway.callsOf({ path: USAGE }).length - before;
        assert.ok(calls <= 12, `${calls} calls`);
        setup.gateway.setReply(`GET ${USAGE}`, undefined);
        setup.clock.jump(DAY);
        await wait(20 * MINUTE);
        assert.deepEqual(
          [setup.testWindow.keyState(id).failure, setup.testWindow.keyState(id).status],
          [undefined, 'ok'],
        );
      });
    }
  }

  it('with a page is no reason to ask less often than before', async () => {
    await open();
    setup.gateway.setReply(`GET ${USAGE}`, BODIES['a page']?.({}));
    await wait(20 * MINUTE);
    const share = setup.testWindow.store.shares.shareOf(setup.gateway.origin, 'scarce');
    assert.deepEqual([share?.share, share?.refusal], [1, undefined]);
  });

  for (const seconds of [String(YEAR / 1000), '9'.repeat(30)]) {
    it(`holds a person’s range for a day at most, and polls no longer than that: ${seconds} s`, async () => {
      const id = await open();
      const key = setup.testWindow.keyService.findById(id) ?? assert.fail();
      setup.gateway.setReply('GET /api/log/token', empty(429, { 'Retry-After': seconds }));
      const now = setup.clock.now();
      const error = await queryUsage(setup.testWindow, key, { from: now - DAY, to: now }).catch(each => each);
      assert.ok(error instanceof GatewayError, String(error));
      assert.deepEqual([error.failure.retryAfterMs, error.failure.until], [DAY, now + DAY]);
      const waiting = (at: number) =>
        setup.testWindow.store.waiting.countWaiting(setup.gateway.origin, 'scarce', at);
      assert.deepEqual([waiting(now), waiting(now + DAY + 2 * MINUTE)], [1, 0]);
    });
  }
});
