import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { NotSavedError } from '../../../../src/core/ports/notSavedError.ts';
import type { BoundSecret } from '../../../../src/core/ports/secrets.ts';
import { failed, GatewayError } from '../../../../src/core/quota/failure.ts';
import type { Gateway } from '../../../../src/gateways/gateway.ts';
import type { GatewayContext } from '../../../../src/gateways/gatewayContext.ts';
import type { GatewayResponse } from '../../../../src/http/transport.ts';
import { redactor } from '../../../../src/redaction/redactor.ts';
import { askGateway, type RequestOptions } from '../../../../src/services/requests/askGateway.ts';
import { ClaimEndedError } from '../../../../src/services/requests/claim.ts';
import type { RequestParts } from '../../../../src/services/requests/requestParts.ts';
import { SqliteStore } from '../../../../src/store/store.ts';
import { secretFor } from '../../../sampleGateways/secrets.ts';
import { removeTempFolders, tempFolder } from '../../support/folders.ts';
import { HOUR, MINUTE, NOW, quota, reading } from '../../support/samples.ts';
import { SETTINGS } from '../../support/testWindow.ts';

const ORIGIN = 'https://gw.example';
const SECRET = secretFor('askGateway');
const BOUND: BoundSecret = { secret: SECRET, baseUrl: ORIGIN, credential: 'apiKey', userId: '7' };

/** Four calls of ours in a minute; an agent may begin while two of them are left. */
const GATEWAY: Gateway = {
  kind: 'newApi',
  title: 'Test',
  hosts: [],
  credentials: [],
  limiters: {
    scarce: { calls: 4, windowMs: MINUTE, holdMs: 10 * MINUTE },
    ample: { calls: 100, windowMs: MINUTE, holdMs: MINUTE },
  },
  readQuota: async () => reading(),
};

type Question<T> = (context: GatewayContext) => Promise<T>;

describe('a request to a gateway', () => {
  let store: SqliteStore;
  let logLines: string[];
  let sent: URL[];
  let answer: (index: number) => GatewayResponse;

  const reply = (status = 200, headers: Record<string, string> = {}): GatewayResponse => ({
    status,
    headers: new Headers(headers),
    text: '{}',
  });

  beforeEach(() => {
    store = new SqliteStore(tempFolder(), NOW);
    logLines = [];
    sent = [];
    answer = () => reply();
  });

  afterEach(() => {
    store.close();
    removeTempFolders();
  });

  const ask = <T>(question: Question<T>, options: RequestOptions = {}, bound = BOUND, gateway = GATEWAY) => {
    const write = (line: string) => logLines.push(line);
    const parts: RequestParts = {
      store,
      transport: async ({ url }) => {
        sent.push(url);
        return answer(sent.length - 1);
      },
      redactor,
      settings: () => SETTINGS,
      clock: { now: () => NOW, after: () => () => undefined },
      log: { info: write, warn: write, debug: write, show: () => undefined },
    };
    return askGateway(parts, gateway, bound, question, options);
  };
  const calls =
    (...limiters: readonly string[]): Question<string> =>
    async ({ sendRequest }) => {
      for (const limiter of limiters) await sendRequest({ path: '/usage', secretIn: 'bearer', limiter });
      return 'answered';
    };
  const throwing =
    (error: unknown): Question<never> =>
    async () => {
      throw error;
    };
  const failureOf = async (answering: Promise<unknown>) => {
    const error = await answering.then(
      () => assert.fail('It was answered.'),
      (reason: unknown) => reason,
    );
    return error instanceof GatewayError ? error.failure : assert.fail(String(error));
  };
  const reserved = (limiter = 'scarce') => store.requests.sentSince(ORIGIN, limiter, 0);
  const sentBefore = (...agoMs: readonly number[]) =>
    store.transaction(() => {
      for (const ago of agoMs) store.requests.addCall(ORIGIN, 'scarce', NOW - ago);
    });

  describe('reserves', () => {
    it('each of its calls before it is sent', async () => {
      const reservedBefore: number[] = [];
      answer = () => {
        reservedBefore.push(reserved().length);
        return reply();
      };
      assert.equal(await ask(calls('scarce', 'scarce')), 'answered');
      assert.deepEqual(reservedBefore, [1, 2]);
      assert.deepEqual(reserved(), [NOW, NOW]);
    });

    it('none twice: the call that came with the claim counts once, for its own limiter', async () => {
      await ask(calls('ample', 'scarce', 'scarce'), { reservedLimiter: 'scarce' });
      assert.deepEqual([reserved('ample').length, reserved('scarce').length], [1, 1]);
    });

    it('nothing and sends nothing where there is no room, and says when there is', async () => {
      sentBefore(50_000, 3000, 2000, 1000);
      assert.deepEqual(await failureOf(ask(calls('scarce'))), {
        class: 'rate-limited',
        reason: 'own-budget',
        retryAfterMs: 10_000,
        until: NOW + 10_000,
      });
      assert.equal(sent.length, 0);
      assert.equal(reserved().length, 4);
    });

    it('beyond its budget after a yes', async () => {
      sentBefore(4000, 3000, 2000, 1000);
      await ask(calls('scarce'), { beyondBudget: true });
      assert.equal(reserved().length, 5);
    });

    it('sparingly for agents: begins only while half is left, and then finishes', async () => {
      sentBefore(1000);
      await ask(calls('scarce', 'scarce', 'scarce'), { sparing: true });
      assert.equal(sent.length, 3);
    });

    it('no more for agents once half is used up, and for people still', async () => {
      sentBefore(2000, 1000);
      const failure = await failureOf(ask(calls('scarce'), { sparing: true }));
      assert.deepEqual([failure.reason, failure.until], ['own-budget', NOW + 58_000]);
      assert.equal(sent.length, 0);
      await ask(calls('scarce'));
      assert.equal(sent.length, 1);
    });

    it('nothing and sends nothing once its claim has ended', async () => {
      let asked = 0;
      const mayAsk = () => ++asked < 2;
      await assert.rejects(ask(calls('scarce', 'scarce'), { mayAsk }), ClaimEndedError);
      assert.deepEqual([sent.length, reserved().length], [1, 1]);
    });

    it('nothing at a limiter that the gateway does not have', async () => {
      assert.equal((await failureOf(ask(calls('unknown')))).reason, 'internal');
      assert.match(logLines.join(), /No limiter unknown/);
      assert.equal(sent.length, 0);
    });
  });

  it('puts a limiter on hold until it is reset, where the answer says that nothing is left of it', async () => {
    const call = ({ sendRequest }: GatewayContext) =>
      sendRequest({ path: '/x', secretIn: 'none', limiter: 'scarce' });
    answer = () => reply(200, { 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '300' });
    await ask(call);
    answer = () => reply(503, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '300' });
    await ask(call);
    assert.equal(
      store.requests.heldUntil(ORIGIN, 'scarce'),
      undefined,
      'what refuses may not be the gateway',
    );
    answer = () => reply(200, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '300' });
    await ask(call);
    assert.equal(store.requests.heldUntil(ORIGIN, 'scarce'), NOW + 5 * MINUTE);
    assert.equal(store.requests.heldUntil(ORIGIN, 'ample'), undefined);
  });

  describe('that gets a 429', () => {
    const refused: Question<never> = async ({ sendRequest }) => {
      await sendRequest({ path: '/usage', secretIn: 'bearer', limiter: 'scarce' });
      throw failed('rate-limited', 'too-many-requests', { status: 429 });
    };

    it('says until when, and the next one waits for it', async () => {
      answer = () => reply(429, { 'retry-after': '90' });
      const failure = { class: 'rate-limited', reason: 'too-many-requests', status: 429 };
      assert.deepEqual(await failureOf(ask(refused)), { ...failure, until: NOW + 90_000 });
      const next = await failureOf(ask(calls('scarce')));
      assert.deepEqual(
        [next.reason, next.until, next.retryAfterMs],
        ['too-many-requests', NOW + 90_000, 90_000],
      );
      assert.equal(sent.length, 1);
      assert.equal(await ask(calls('ample')), 'answered');
    });

    it('says when we have room again where the refusal leaves us less than the pause', async () => {
      answer = () => reply(429, { 'retry-after': '10' });
      // A sixth of four calls in a minute is one in 90 seconds, which this one was.
      const short: Question<never> = async ({ sendRequest }) => {
        await sendRequest({ path: '/usage', secretIn: 'bearer', limiter: 'scarce' });
        throw failed('rate-limited', 'too-many-requests', { retryAfterMs: 10_000 });
      };
      const { until, retryAfterMs } = await failureOf(ask(short));
      assert.deepEqual([until, retryAfterMs], [NOW + 90_000, 90_000]);
      assert.equal((await failureOf(ask(calls('scarce')))).until, NOW + 90_000);
    });

    const promised: Question<never> = async ({ sendRequest }) => {
      await sendRequest({ path: '/usage', secretIn: 'bearer', limiter: 'scarce' });
      throw failed('rate-limited', 'too-many-requests', { retryAfterMs: 90_000 });
    };
    // A call to another limiter, which registers what waits for it.
    const heldBack: Question<never> = async context => {
      await calls('scarce')(context);
      throw failed('rate-limited', 'own-budget', { retryAfterMs: 90_000 });
    };
    const broken: Question<never> = async context => {
      await calls('scarce')(context);
      throw failed('transient', 'server-error');
    };

    for (const [what, question, options, minutes] of [
      // A minute and a half, and two in which somebody may still be there.
      ['a person’s question waits, and polls leave room for it', promised, { keyId: 'asked' }, 3.5],
      ['a poll does not wait', promised, {}, 0],
      ['an agent’s question does not wait', promised, { keyId: 'asked', sparing: true }, 0],
      ['a question that is promised no time does not wait', refused, { keyId: 'asked' }, 0],
      ['a question that ended for another reason does not wait', broken, { keyId: 'asked' }, 0],
      ['a question that has no room elsewhere does not wait for this', heldBack, { keyId: 'asked' }, 0],
    ] as const) {
      it(what, async () => {
        const key = {
          id: 'asked',
          label: 'Asked',
          kind: 'newApi',
          baseUrl: ORIGIN,
          fingerprint: 'f',
        } as const;
        store.transaction(() =>
          store.keys.addKey({ ...key, credential: 'apiKey', pinned: false, createdAt: NOW }),
        );
        answer = () => reply(429, { 'retry-after': '90' });
        await failureOf(ask(question, options));
        const waiting = (at: number) => store.waiting.countWaiting(ORIGIN, 'scarce', NOW + at);
        assert.equal(waiting(0), minutes > 0 ? 1 : 0);
        assert.equal(waiting(minutes * MINUTE - 1), minutes > 0 ? 1 : 0);
        assert.equal(waiting(minutes * MINUTE), 0);
      });
    }

    it('on the way keeps what it has, and the next one waits all the same', async () => {
      answer = () => reply(429);
      assert.equal(await ask(calls('scarce')), 'answered');
      assert.equal(store.requests.heldUntil(ORIGIN, 'scarce'), NOW + 10 * MINUTE);
    });

    it('says no time for another failure, nor where none is known', async () => {
      answer = () => reply(429);
      assert.deepEqual(await failureOf(ask(broken)), { class: 'transient', reason: 'server-error' });
      assert.deepEqual(await failureOf(ask(throwing(failed('rate-limited', 'too-many-requests')))), {
        class: 'rate-limited',
        reason: 'too-many-requests',
      });
    });

    it('that is over by now is not why there is no room', async () => {
      sentBefore(4000, 3000, 2000, 1000);
      store.transaction(() => store.requests.holdLimiter(ORIGIN, 'scarce', NOW, NOW - MINUTE));
      assert.equal((await failureOf(ask(calls('scarce')))).reason, 'own-budget');
    });

    it('that is over before our own budget has room is not until when to wait', async () => {
      sentBefore(4000, 3000, 2000, 1000);
      store.transaction(() => store.requests.holdLimiter(ORIGIN, 'scarce', NOW + 25_000, NOW));
      const { reason, until } = await failureOf(ask(calls('scarce')));
      // The oldest of four calls a minute leaves it 56 s from now.
      assert.deepEqual([reason, until], ['own-budget', NOW + 56_000]);
    });

    it('holds nothing for any other answer', async () => {
      answer = () => reply(503, { 'retry-after': '90' });
      await ask(calls('scarce'));
      assert.equal(store.requests.heldUntil(ORIGIN, 'scarce'), undefined);
    });
  });

  describe('that fails', () => {
    it('by a fault of ours ends as such, and the log tells where', async () => {
      const failure = await failureOf(ask(throwing(new TypeError('of undefined'))));
      assert.deepEqual(failure, { class: 'unexpected', reason: 'internal' });
      assert.match(
        logLines.join(),
        /A fault of ours while asking https:\/\/gw\.example: TypeError: of undefined\n +at /,
      );
      assert.deepEqual(await failureOf(ask(throwing('no error'))), failure);
      assert.match(logLines.at(-1) ?? '', /: no error$/);
    });

    it('at the gateway is not a fault of ours', async () => {
      assert.equal((await failureOf(ask(throwing(failed('transient', 'timeout'))))).reason, 'timeout');
      assert.deepEqual(logLines, []);
    });

    it('has no secret in its failure', async () => {
      redactor.protect(SECRET, ORIGIN);
      const { words } = await failureOf(
        ask(throwing(failed('transient', 'server-error', { words: `no ${SECRET}` }))),
      );
      assert.match(words ?? '', /^no /);
      assert.ok(!words?.includes(SECRET.slice(8)));
    });

    it('with a refusal hints at another type of credential where the secret looks like one', async () => {
      const refusal = throwing(failed('bad-key', 'refused-key'));
      const hint = async (bound: BoundSecret, question = refusal) =>
        (await failureOf(ask(question, {}, bound))).maybeAnother;
      assert.equal(await hint({ ...BOUND, credential: 'accessToken' }), true);
      assert.equal(await hint(BOUND), undefined);
      const other = throwing(failed('transient', 'timeout'));
      assert.equal(await hint({ ...BOUND, credential: 'accessToken' }, other), undefined);
    });

    for (const [what, error] of [
      ['a database that keeps nothing', new NotSavedError('locked')],
      ['a database that stays locked', Object.assign(new Error('locked'), { errcode: 5 })],
      ['the end of its claim', new ClaimEndedError()],
    ] as const) {
      it(`by ${what} is no failure of the key`, async () => {
        await assert.rejects(ask(throwing(error)), (thrown: unknown) => thrown === error);
        assert.deepEqual(logLines, []);
      });
    }

    it('because it was called off is no failure of the key, and what it has by then is no answer', async () => {
      const controller = new AbortController();
      const { signal } = controller;
      const broken = failed('transient', 'connection-broken');
      controller.abort();
      await assert.rejects(ask(throwing(broken), { signal }), (thrown: unknown) => thrown === broken);
      await assert.rejects(ask(calls(), { signal }), { name: 'AbortError' });
      assert.equal(await ask(calls(), { signal: new AbortController().signal }), 'answered');
    });
  });

  describe('is given', () => {
    const context = async (bound = BOUND, options: RequestOptions = {}) => {
      const given: GatewayContext[] = [];
      await ask(async each => given.push(each), options, bound);
      return given[0] ?? assert.fail();
    };

    it('what is known of the key, and never the secret', async () => {
      const lastReading = reading({ quota: quota(15, 20) });
      const given = await context(BOUND, { keyHash: 'f1', lastReading });
      assert.deepEqual([given.credential, given.userId, given.keyHash], ['apiKey', '7', 'f1']);
      assert.equal(given.lastReading, lastReading);
      assert.ok(!JSON.stringify(given).includes(SECRET));
    });

    it('leave to put the secret into a URL after a yes, and by https alone', async () => {
      const local = 'http://localhost:9';
      const allowed = { ...BOUND, mayStandInUrl: true } as const;
      assert.equal((await context(allowed)).mayStandInUrl, true);
      assert.equal((await context({ ...allowed, baseUrl: local })).mayStandInUrl, false);
      assert.equal((await context(BOUND)).mayStandInUrl, false);
    });
  });

  describe('notes what it learns about a site', () => {
    const noting: Question<string> = async ({ note, notes }) => {
      note?.({ lacks: { '/log': NOW + HOUR } });
      return JSON.stringify(notes?.());
    };

    it('and reads it back', async () => {
      assert.equal(await ask(noting), `{"lacks":{"/log":${NOW + HOUR}},"has":{}}`);
    });

    it('and goes on where a locked database cannot keep that', async () => {
      store.transaction = () => {
        throw new NotSavedError('locked');
      };
      assert.equal(await ask(noting), '{}');
      assert.match(logLines.join(), /What was learnt about https:\/\/gw\.example could not be noted/);
    });

    it('and hides no other fault in that', async () => {
      store.transaction = () => {
        throw new TypeError('of undefined');
      };
      assert.equal((await failureOf(ask(noting))).reason, 'internal');
    });
  });
});
