import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { headroomOf } from '../../../../src/core/quota/headroom.ts';
import type { Reading } from '../../../../src/core/quota/reading.ts';
import type { ServerReading } from '../../../../src/core/team/servedKey.ts';
import type { GatewayContext } from '../../../../src/gateways/gatewayContext.ts';
import { readQuota } from '../../../../src/gateways/teamServer/endpoints.ts';
import type { GatewayRequest } from '../../../../src/http/boundClient.ts';
import { MINUTE, NOW } from '../../support/samples.ts';

const iso = (time: number) => new Date(time).toISOString();

/** A server that answers with one key, read an hour before, and its tag; and 304 to whoever has that. */
class Server {
  readonly sent: GatewayRequest[] = [];
  tag: string | undefined = 'W/"one"';
  clockAheadMs = 0;
  more: object = {};

  answer(request: GatewayRequest, now: number) {
    this.sent.push(request);
    const isKnown = this.tag !== undefined && request.headers?.['if-none-match'] === this.tag;
    const at = now + this.clockAheadMs;
    const keys = [
      {
        ...{ id: 'k1', label: 'ML' },
        origin: 'https://elsewhere.example',
        reading: {
          takenAt: iso(at - 60 * MINUTE),
          unit: { code: 'USD' },
          quota: { unlimited: false, remaining: 5 },
          ...this.more,
        },
      },
    ];
    return {
      status: isKnown ? 304 : 200,
      headers: new Headers(this.tag === undefined ? {} : { etag: this.tag }),
      text: isKnown ? '' : JSON.stringify({ schema: 'key-quota/team/1', at: iso(at), salt: 's', keys }),
    };
  }
}

let tokens = 0;

describe('the keys of a server of a team', () => {
  /** Reads them as a window does, so many minutes from the start on. */
  function reader(server: Server) {
    const keyHash = `token ${tokens++}`;
    return async (minutes: number, lastReading?: Reading, more: Partial<GatewayContext> = {}) => {
      const now = () => NOW + minutes * MINUTE;
      const sendRequest = async (request: GatewayRequest) => server.answer(request, now());
      return readQuota({ sendRequest, credential: 'accessToken', keyHash, lastReading, now, ...more });
    };
  }
  const tagsIn = ({ sent }: Server) => sent.map(({ headers }) => headers?.['if-none-match']);
  const agesIn = ({ served }: ServerReading) => served?.keys.map(({ reading }) => reading?.takenAt);

  it('are not sent again while they are the same, and their figures go on in age', async () => {
    const server = new Server();
    const read = reader(server);
    const first = await read(0);
    const second = await read(5, first);
    const third = await read(10, second);
    assert.deepEqual(tagsIn(server), [undefined, 'W/"one"', 'W/"one"']);
    assert.deepEqual([second.takenAt, third.takenAt], [iso(NOW + 5 * MINUTE), iso(NOW + 10 * MINUTE)]);
    // What was an hour old at first is of that moment still.
    for (const each of [first, second, third]) assert.deepEqual(agesIn(each), [iso(NOW - 60 * MINUTE)]);
  });

  const USED = { spent: 9.5, limit: 10, every: '30d' };
  for (const [what, more, left] of [
    ['a budget', { quota: undefined, budget: USED, account: { balance: 5 } }, 0.5],
    [
      'the budget of a plan, beside an empty wallet',
      { ...{ quota: undefined, budget: USED }, account: { balance: 0 }, plan: {} },
      0.5,
    ],
    ['a balance that cannot be spent', { quota: undefined, account: { balance: 10, usable: false } }, 0],
  ] as const)
    it(`have left what ${what} leaves`, async () => {
      const server = new Server();
      server.more = more;
      const [key] = (await reader(server)(0)).served?.keys ?? [];
      assert.equal(headroomOf(key?.reading).remaining, left);
    });

  it('are no more certain than they are to the server', async () => {
    const server = new Server();
    server.more = { unit: { code: 'USD', source: 'default' }, isAccountPossible: true };
    const { unit, isAccountPossible } = (await reader(server)(0)).served?.keys[0]?.reading ?? {};
    assert.deepEqual([unit?.source, isAccountPossible], ['default', true]);
  });

  it('say what could not be read of them, there or here, which may be what binds', async () => {
    const server = new Server();
    const window = { name: 'day', unit: 'money', used: 1, limit: 5 };
    server.more = { windows: [window, { ...window, scope: 'galaxy' }], unreadable: ['plan'] };
    const [key] = (await reader(server)(0)).served?.keys ?? [];
    const { windows, unreadable } = key?.reading ?? {};
    assert.deepEqual([windows?.map(({ scope }) => scope), unreadable], [[undefined], ['plan', 'budget']]);
    server.more = { windows: [window], unreadable: 'all' };
    assert.equal((await reader(server)(0)).served?.keys[0]?.reading?.unreadable, undefined);
  });

  it('have no window in which less than nothing is used, or may be', async () => {
    const server = new Server();
    for (const [used, limit] of [
      [-5, 10],
      [5, -3],
      [-5, -3],
    ]) {
      server.more = { quota: undefined, windows: [{ name: 'week', unit: 'money', used, limit }] };
      const [key] = (await reader(server)(0)).served?.keys ?? [];
      assert.equal(headroomOf(key?.reading).remaining, undefined, `${used} of ${limit}`);
    }
  });

  it('are sent again where they have changed, to a person who asks, and after another window has read them', async () => {
    const server = new Server();
    const read = reader(server);
    const first = await read(0);
    server.tag = 'W/"two"';
    const second = await read(5, first);
    assert.deepEqual(agesIn(second), [iso(NOW - 55 * MINUTE)]);
    await read(10, second, { isManual: true });
    await read(15, { ...second, takenAt: iso(NOW + 12 * MINUTE) });
    assert.deepEqual(tagsIn(server), [undefined, 'W/"one"', undefined, undefined]);
  });

  it('lead to no request but the one, whatever origins and links a server names', async () => {
    const server = new Server();
    await reader(server)(0);
    assert.deepEqual(
      server.sent.map(({ path }) => path),
      ['/v1/keys'],
    );
  });

  it('have no tag where it is none, or the token is only tried out', async () => {
    for (const tag of [undefined, 'one', '"one', `"${'x'.repeat(101)}"`]) {
      const server = Object.assign(new Server(), { tag });
      const read = reader(server);
      await read(5, await read(0));
      assert.deepEqual(tagsIn(server), [undefined, undefined], tag);
    }
    const server = new Server();
    const read = reader(server);
    await read(5, await read(0, undefined, { keyHash: undefined }), { keyHash: undefined });
    assert.deepEqual(tagsIn(server), [undefined, undefined]);
  });

  it('are no reading where an answer says that nothing has changed, to whom nothing was told', async () => {
    const server = new Server();
    const sendRequest = async () => ({
      ...server.answer({ path: '', secretIn: 'bearer', limiter: '' }, NOW),
      status: 304,
      text: '',
    });
    await assert.rejects(
      readQuota({ sendRequest, credential: 'accessToken', keyHash: 'never', now: () => NOW }),
      /unexpected/,
    );
  });

  it('have the end that their gateway’s clock gives them, unless no clock is so wrong', async () => {
    for (const [clockAheadMs, told] of [
      [24 * 60 * MINUTE, 24 * 60 * MINUTE],
      [1e20, undefined],
      [-1e20, undefined],
    ] as const) {
      const { served } = await reader(Object.assign(new Server(), { more: { clockAheadMs } }))(0);
      assert.equal(served?.keys[0]?.reading?.clockAheadMs, told);
    }
  });

  it('have the minutes that their gateway’s clock is off, which nobody is told of', async () => {
    const more = { clockDriftMs: 7 * MINUTE };
    const read = async (clockAheadMs: number) => {
      const { served } = await reader(Object.assign(new Server(), { more, clockAheadMs }))(0);
      const { clockAheadMs: told, clockDriftMs: drift } = served?.keys[0]?.reading ?? {};
      return [told, drift];
    };
    assert.deepEqual(await read(0), [undefined, 7 * MINUTE]);
    assert.deepEqual(await read(-5 * MINUTE), [12 * MINUTE, undefined]);
  });

  it('have the age that the server’s own clock gives them, however wrong it is', async () => {
    for (const clockAheadMs of [-5 * 60 * MINUTE, 24 * 60 * MINUTE]) {
      const reading = await reader(Object.assign(new Server(), { clockAheadMs }))(0);
      assert.deepEqual(agesIn(reading), [iso(NOW - 60 * MINUTE)]);
    }
  });
});
