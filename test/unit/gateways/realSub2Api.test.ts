import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { Status } from '../../../src/core/quota/statusName.ts';
import { sub2Api } from '../../../src/gateways/sub2Api/sub2Api.ts';
import { figureText } from '../../../src/text/keyFigure.ts';
import { type CapturedServer, captured, startCapturedServer } from '../../replay/capturedServer.ts';
import { ManualClock } from '../support/manualClock.ts';
import { TestWindow } from '../support/testWindow.ts';

/** What a person must read of one key, worked out from what the server's database held. */
interface Row {
  readonly status: Status;
  readonly figure?: string;
  readonly windows?: readonly string[];
  readonly isUnreadable?: true;
  readonly advice?: RegExp;
}

const USED_UP = /used up/;
const WRONG = /does not accept the key/;
const OF = 'subscription Team Plan';
const rows: Readonly<Record<string, Readonly<Record<string, Row>>>> = {
  'sub2api-0.1.1': {
    'usage-wallet-overdrawn': { status: 'low', figure: '$0.01' },
    'usage-subscription-no-limits': { status: 'ok', figure: '∞' },
    'usage-no-balance': { status: 'exhausted', advice: USED_UP },
    'usage-subscription-none': { status: 'exhausted', advice: USED_UP },
    'usage-subscription-expired': { status: 'exhausted', advice: USED_UP },
    'usage-user-disabled': { status: 'disabled', advice: /has banned/ },
    'usage-bad-key': { status: 'invalid', advice: WRONG },
  },
  'sub2api-2026-02-14': {
    'usage-std': { status: 'ok', figure: '$19.62' },
    'usage-quota': { status: 'ok', figure: '$19.62' },
    'usage-rate': { status: 'ok', figure: '$19.62' },
    'usage-subno': { status: 'ok', figure: '∞ · used $0.00' },
    'usage-sub': { status: 'exhausted', advice: USED_UP },
    'usage-over': { status: 'exhausted', advice: USED_UP },
    'usage-poor': { status: 'exhausted', advice: USED_UP },
    'usage-off': { status: 'disabled', advice: /is disabled at/ },
  },
  'sub2api-0.1.179': {
    'usage-wallet': { status: 'ok', figure: '$19.58' },
    'usage-no-balance': { status: 'exhausted', figure: '$0.00' },
    'usage-quota': { status: 'ok', figure: '$5.00' },
    'usage-quota-exhausted': { status: 'exhausted', figure: '$0.00' },
    // It calls itself active, and ended an hour before.
    'usage-expired-quota': { status: 'expired', figure: '$5.00' },
    'usage-rate-only': {
      status: 'ok',
      figure: '$1.92 (5h)',
      windows: ['5h 1.928', '1d 2.928', '7d 9.928'],
    },
    'usage-rate-exhausted': { status: 'exhausted', figure: '$0.00 (5h)', windows: ['5h 0'] },
    'usage-subscription': {
      status: 'ok',
      figure: '$0.34 (subscription “Team Plan”, day)',
      windows: [`${OF} day 0.347`, `${OF} week 39.847`, `${OF} month 99.847`],
    },
    'usage-subscription-used-up': {
      status: 'exhausted',
      figure: '-$0.13 (subscription “Team Plan”, day)',
      windows: [`${OF} day -0.124`, `${OF} week 39.376`, `${OF} month 99.376`],
    },
    'usage-subscription-weekly-only': {
      status: 'ok',
      figure: '$9.98 (subscription “Week Plan”, week)',
      windows: ['subscription Week Plan week 9.982'],
    },
    'usage-subscription-no-limits': { status: 'ok', figure: '∞ · used $0.02' },
    'usage-subscription-none': { status: 'ok', figure: undefined, isUnreadable: true },
    'usage-subscription-expired': { status: 'ok', figure: undefined, isUnreadable: true },
    'usage-disabled': { status: 'disabled', advice: /is disabled at/ },
    'usage-ip-refused': { status: 'unknown', advice: /network address/ },
    'usage-group-disabled': { status: 'unknown', advice: /does not allow/ },
    'usage-no-group': { status: 'unknown', advice: /does not allow/ },
    'usage-bad-key': { status: 'invalid', advice: WRONG },
  },
};

describe('what a person reads of a key at a real Sub2API', () => {
  let server: CapturedServer;
  let testWindow: TestWindow;
  afterEach(async () => {
    await testWindow.close();
    await server.close();
  });

  for (const [name, captures] of Object.entries(rows))
    for (const [capture, { status, figure, windows, isUnreadable, advice }] of Object.entries(captures))
      it(`${name}, ${capture}: ${figure ?? ''} ${status}`, async () => {
        server = await startCapturedServer(name, { status: 404, body: '404 page not found' }, [], capture);
        testWindow = new TestWindow({ clock: new ManualClock(Date.parse('2026-11-28T22:05:00Z')) });
        const id = await testWindow.keyService.add({
          kind: 'sub2Api',
          credential: 'apiKey',
          label: 'Mine',
          baseUrl: server.origin,
          secret: server.secretOf(capture),
        });
        const state = await testWindow.refreshKey(id);
        assert.equal(state.status, status);
        assert.match(state.failure?.message ?? '', advice ?? /^$/);
        const { reading } = state;
        assert.equal(reading === undefined, advice !== undefined, 'a refusal is no reading');
        if (!reading) return;
        assert.equal(figureText(state), figure);
        assert.deepEqual(
          reading.windows?.map(each =>
            [each.scope, each.scopeName, each.name, each.remaining]
              .filter(part => part !== undefined)
              .join(' '),
          ),
          windows,
        );
        assert.equal(reading.unreadable !== undefined, isUnreadable === true);
      });
});

describe('a range at a real Sub2API', () => {
  it('is told by day and model, whatever else was spent since', async () => {
    const { query, body } = captured('sub2api-0.1.179', 'usage-range');
    const day = (name: string, hour: number) => new Date(`${query.get(name)}T00:00:00`).setHours(hour);
    const usage = await sub2Api.readUsage?.(
      {
        sendRequest: async () => ({ status: 200, headers: new Headers(), text: JSON.stringify(body) }),
        credential: 'apiKey',
        baseUrl: 'https://relay.example',
        now: () => Date.parse('2026-11-29T06:00:00+08:00'),
      },
      { from: day('start_date', 0), to: day('end_date', 24) - 1 },
    );
    const { total, byDay, byModel, coverage } = usage ?? assert.fail();
    assert.deepEqual(total, { used: 0.081, requests: 3, tokens: 6000 });
    assert.deepEqual(
      [byDay?.map(({ name, used }) => [name, used]), byModel?.map(({ used }) => used), coverage.complete],
      [
        [
          ['2026-11-27', 0.027],
          ['2026-11-28', 0.054],
        ],
        [0.081],
        true,
      ],
    );
  });
});
