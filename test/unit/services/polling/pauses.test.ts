import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { GatewayError } from '../../../../src/core/quota/failure.ts';
import { failureText } from '../../../../src/text/failure.ts';
import { clockText } from '../../../../src/text/time.ts';
import { type SampleGateway, startSampleGateway } from '../../../sampleGateways/server.ts';
import { empty, page } from '../../../sampleGateways/wire/reply.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { MINUTE } from '../../support/samples.ts';
import { TestWindow } from '../../support/testWindow.ts';

describe('a gateway that asks for a pause', () => {
  let clock: ManualClock;
  let gateway: SampleGateway;
  let testWindow: TestWindow;

  beforeEach(async () => {
    clock = new ManualClock();
    gateway = await startSampleGateway({ clock: clock.now });
    testWindow = new TestWindow({ clock });
  });

  afterEach(async () => {
    await testWindow.close();
    await gateway.close();
  });

  const draft = () => ({
    label: 'Mine',
    kind: 'newApi',
    baseUrl: gateway.origin,
    credential: 'apiKey' as const,
    secret: gateway.secret('ok'),
  });
  const recognizing = () =>
    testWindow.keyService.recognize(gateway.origin).then(
      found => found?.gateway.kind,
      (error: unknown) => {
        assert.ok(error instanceof GatewayError);
        return failureText(error.failure, { label: 'Mine', baseUrl: gateway.origin }, clock.now());
      },
    );
  const asksUntil = (at: number) =>
    `${gateway.origin} is limiting requests. “Mine” will be checked again automatically from ${clockText(at, clock.now())} on.`;

  for (const [header, pauseMs] of [
    ['60', MINUTE],
    [undefined, 3 * MINUTE],
  ] as const) {
    it(`says until when while its kind is found out, Retry-After ${header}`, async () => {
      const until = clock.now() + pauseMs;
      gateway.setReply('GET /api/status', {
        ...empty(429, header ? { 'Retry-After': header } : {}),
        bare: true,
      });
      assert.equal(await recognizing(), asksUntil(until));
      const calls = gateway.calls.length;
      gateway.setReply('GET /api/status', undefined);
      assert.equal(await recognizing(), asksUntil(until), 'and is left alone');
      assert.equal(gateway.calls.length, calls);
      clock.jump(pauseMs);
      assert.equal(await recognizing(), 'newApi');
    });
  }

  it('is known by its header all the same', async () => {
    gateway.setReply('GET /api/status', empty(429));
    assert.equal(await recognizing(), 'newApi');
  });

  it('with a page is not called unknown either', async () => {
    gateway.setReply('GET /api/status', {
      ...page(429, '<html><title>Slow down</title></html>'),
      bare: true,
    });
    assert.match(String(await recognizing()), /A protection page in front of/);
  });

  it('says until when while a key is added, and again when it is tried at once', async () => {
    // Nobody else asks from here: otherwise a refusal leaves us one call in twenty minutes.
    testWindow.settings = { ...testWindow.settings, gateways: new Map([[gateway.origin, { share: 1 }]]) };
    const until = clock.now() + 2 * MINUTE;
    gateway.setReply('GET /api/usage/token/', empty(429, { 'Retry-After': '120' }));
    for (const _ of [1, 2]) {
      const { failure } = await testWindow.keyService.checkDraft(draft());
      assert.ok(failure);
      assert.equal(failureText(failure, draft(), clock.now()), asksUntil(until));
    }
    gateway.setReply('GET /api/usage/token/', undefined);
    clock.jump(2 * MINUTE);
    assert.equal((await testWindow.keyService.checkDraft(draft())).reading?.quota?.remaining, 0.2);
  });

  it('names no time that has passed', async () => {
    const failure = { class: 'rate-limited', reason: 'too-many-requests', until: clock.now() - 1 } as const;
    assert.match(failureText(failure, draft(), clock.now()), /is limiting requests\. “Mine”/);
  });
});
