import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { Status } from '../../../src/core/quota/statusName.ts';
import { daysOfPage } from '../../../src/gateways/liteLlm/activity.ts';
import type { Json } from '../../../src/gateways/wireJson.ts';
import { figureText } from '../../../src/text/keyFigure.ts';
import { type CapturedServer, captured, startCapturedServer } from '../../replay/capturedServer.ts';
import { ManualClock } from '../support/manualClock.ts';
import { TestWindow } from '../support/testWindow.ts';

/** What a person must read of one key, worked out from what the server's database held. */
interface Row {
  readonly server: 'litellm-1.108.7' | 'litellm-1.74.9';
  /** A capture that was asked with the key. */
  readonly key: string;
  readonly status: Status;
  readonly figure?: string;
  readonly windows?: readonly string[];
  readonly models?: readonly string[] | null;
  readonly isUnreadable?: true;
  readonly advice?: RegExp;
}

const NEW = 'litellm-1.108.7';
const OLD = 'litellm-1.74.9';
/** Its user has $49.9338495 left of $50. */
const ALICE = 'owner 30d 49.93385';

const ROWS: readonly Row[] = [
  { server: NEW, key: 'key-info-plain', status: 'ok', figure: '∞ · used $0.02', models: null },
  // $7 a week by its tier, of which $0.00035 are spent.
  {
    server: NEW,
    key: 'key-info-tier',
    status: 'ok',
    figure: '$6.99 (week)',
    windows: ['key week 6.99965', ALICE],
  },
  // Its team was not captured, so that what is above it is not known.
  {
    server: NEW,
    key: 'key-info-team',
    status: 'ok',
    figure: '$1.99 (day)',
    windows: ['key day 1.9972'],
    isUnreadable: true,
  },
  { server: NEW, key: 'key-info-poorteam', status: 'ok', figure: undefined, isUnreadable: true },
  { server: NEW, key: 'key-info-over', status: 'exhausted', figure: '-$0.0074', windows: [ALICE] },
  {
    server: NEW,
    key: 'key-info-models',
    status: 'ok',
    figure: '$49.93 (owner, 30d)',
    windows: [ALICE],
    models: ['gpt-4o-mini'],
  },
  { server: NEW, key: 'key-info-mgmt', status: 'ok', figure: '$49.93 (owner, 30d)', windows: [ALICE] },
  { server: NEW, key: 'key-info-ro', status: 'ok', figure: '$49.93 (owner, 30d)', windows: [ALICE] },
  { server: NEW, key: 'key-info-expired', status: 'expired', advice: /has expired/ },
  { server: NEW, key: 'key-info-blocked', status: 'disabled', advice: /is disabled at/ },
  { server: NEW, key: 'key-info-llmonly', status: 'unknown', advice: /does not allow/ },
  { server: NEW, key: 'key-info-deleted', status: 'invalid', advice: /does not accept the key/ },
  { server: OLD, key: 'key-info-plain', status: 'ok', figure: '∞ · used $0.0075', models: null },
  {
    server: OLD,
    key: 'key-info-team',
    status: 'ok',
    figure: '$1.99 (day)',
    // Its team has $19.99895 left of $20 a week.
    windows: ['key day 1.99895', 'team dev week 19.99895'],
  },
  {
    server: OLD,
    key: 'key-info-full',
    status: 'ok',
    figure: '$4.96 (30d)',
    windows: ['key 30d 4.967998'],
    models: ['gpt-4o', 'gpt-4o-mini'],
    isUnreadable: true,
  },
  { server: OLD, key: 'key-info-over', status: 'exhausted', figure: '-$0.0074', isUnreadable: true },
  { server: OLD, key: 'key-info-expired', status: 'expired', advice: /has expired/ },
  { server: OLD, key: 'key-info-blocked', status: 'disabled', advice: /is disabled at/ },
  { server: OLD, key: 'key-info-llmonly', status: 'unknown', advice: /does not allow/ },
  { server: OLD, key: 'key-info-wrong', status: 'invalid', advice: /does not accept the key/ },
  { server: OLD, key: 'key-info-not-sk', status: 'invalid', advice: /does not accept the key/ },
];

describe('what a person reads of a key at a real LiteLLM', () => {
  let server: CapturedServer;
  let testWindow: TestWindow;
  const clock = new ManualClock(Date.parse('2026-11-28T22:05:00Z'));
  afterEach(async () => {
    await testWindow.close();
    await server.close();
  });

  const open = async (name: Row['server']) => {
    // Each of its keys belongs to one user.
    server = await startCapturedServer(name, { status: 404, body: { detail: 'Not Found' } }, [
      'v2-user-info',
    ]);
    testWindow = new TestWindow({ clock });
  };
  const draft = (key: string) => ({
    kind: 'liteLlm',
    credential: 'apiKey' as const,
    label: 'Mine',
    origin: server.origin,
    baseUrl: server.origin,
    secret: server.secretOf(key),
  });

  for (const { server: name, key, status, figure, windows, models, isUnreadable, advice } of ROWS)
    it(`${name}, ${key}: ${figure ?? ''} ${status}`, async () => {
      await open(name);
      const state = await testWindow.refreshKey(await testWindow.keyService.add(draft(key)));
      assert.equal(state.status, status);
      assert.match(state.failure?.message ?? '', advice ?? /^$/);
      const { reading } = state;
      assert.equal(reading === undefined, advice !== undefined, 'a refusal is no reading');
      if (!reading) return;
      assert.equal(figureText(state), figure);
      assert.deepEqual(
        reading.windows?.map(({ scope = 'key', scopeName, name, remaining }) =>
          [scope, scopeName, name, remaining].filter(part => part !== undefined).join(' '),
        ),
        windows,
      );
      assert.deepEqual(reading.models, models);
      assert.equal(reading.unreadable !== undefined, isUnreadable === true);
    });
});

describe('a month of a key at a real LiteLLM, by its hash', () => {
  for (const [server, total] of [
    [NEW, { used: 0.0479025, requests: 5, tokens: 65_110 }],
    [OLD, { used: 0.0320025, requests: 3, tokens: 34_610 }],
  ] as const)
    it(server, () => {
      const { query, body } = captured(server, 'user-daily-activity-by-key');
      const { days, unreadable, hasMore } = daysOfPage(body as Json, query.get('api_key') ?? '');
      assert.deepEqual([unreadable, hasMore], [0, false]);
      const sum = (part: 'raw' | 'requests' | 'tokens') =>
        Number(days.reduce((all, day) => all + (day[part] ?? 0), 0).toFixed(7));
      assert.deepEqual({ used: sum('raw'), requests: sum('requests'), tokens: sum('tokens') }, total);
      assert.deepEqual(
        days.map(({ day, model }) => `${day} ${model}`),
        ['2026-11-28 gpt-4o-mini', '2026-11-28 gpt-4o'],
      );
    });
});
