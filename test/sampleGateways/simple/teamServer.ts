import type { KeyState } from '../state/keyState.ts';
import { plainJson } from '../wire/reply.ts';
import { money, type SimpleKind } from './simpleKind.ts';
import { wireTroubles } from './wireTroubles.ts';

const NOON = Date.UTC(2026, 5, 15, 12);
const at = (minutesAgo: number) => new Date(NOON - minutesAgo * 60_000).toISOString();
const MEMBERS = {
  kind: 'newApi',
  origin: 'https://gw.example',
  pinned: false,
  credential: 'apiKey',
  status: 'ok',
};
const reading = (more: object = {}) => ({
  takenAt: at(12),
  unit: { code: 'USD', source: 'gateway' },
  quota: { unlimited: false, granted: 20, used: 15, remaining: 5 },
  expiresAt: null,
  models: null,
  ...more,
});
const served = (id: string, label: string, more: object = {}) => ({
  ...MEMBERS,
  ...{ id, label, reading: reading(), ...more },
});
const CNY = { code: 'CNY', source: 'gateway' };
const ALL = [
  served('0123456789abcdef', 'ML batch'),
  served('1123456789abcdef', 'Docs bot', { status: 'low', reading: reading({ unit: CNY, takenAt: at(50) }) }),
  served('2123456789abcdef', 'Crawler', {
    status: 'exhausted',
    reading: reading({ quota: { unlimited: false, used: 20, remaining: 0 } }),
  }),
  served('3123456789abcdef', 'Old laptop', { status: 'invalid', reading: undefined }),
  served('4123456789abcdef', 'Unlimited', { reading: reading({ quota: { unlimited: true, used: 41 } }) }),
];
const told = (...keys: readonly unknown[]) => ({ data: { keys } });
const text = (status: number, body: string) => ({
  status,
  headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  body: `${body}\n`,
});

/** What a server tells of the key that has the same name, at the time of its clock. */
const ownKey = (key: KeyState, now: number) =>
  served('5123456789abcdef', key.name, {
    reading: reading({
      takenAt: new Date(now - 12 * 60_000).toISOString(),
      quota: { unlimited: false, used: money(key.used), remaining: money(key.remain) },
    }),
  });

/** `key-quota serve`: the keys that a token may see, as a server that asks for a whole team knows them. */
export const teamServer: SimpleKind = {
  path: '/v1/keys',
  credential: 'accessToken',
  body: ({ key, now }) => ({
    schema: 'key-quota/team/1',
    at: new Date(now).toISOString(),
    salt: 'c2FsdA',
    keys: [ownKey(key, now)],
  }),
  refusal: text(401, 'This token is not known here: it may have been replaced.'),
  scenarios: {
    ok: told(...ALL),
    'no-keys': told(),
    'one-unreadable': told(ALL[0], { label: 7 }, 'x'),
    'odd-figures': told(
      served('6123456789abcdef', 'Odd', {
        reading: reading({
          quota: { unlimited: false, used: -1, remaining: 'much' },
          models: 7,
          expiresAt: 'soon',
        }),
      }),
      served('7123456789abcdef', 'Undated', { reading: reading({ takenAt: 'yesterday' }) }),
      served('8123456789abcdef', 'Other unit', { reading: reading({ unit: { code: 'GOLD' } }) }),
    ),
    'clock-ahead': {
      data: {
        at: at(-180),
        keys: [served('9123456789abcdef', 'Ahead', { reading: reading({ takenAt: at(-168) }) })],
      },
    },
    'keys-null': { data: { keys: null } },
    'at-missing': { without: ['at'] },
    'schema-missing': { without: ['schema'] },
    'newer-schema': { data: { schema: 'key-quota/team/2' } },
    'other-kind-of-token': {
      reply: text(
        403,
        'This token is of the other kind: scrapers have tokens for /metrics, readers for /v1/keys.',
      ),
    },
    'foreign-word-401': { reply: plainJson(401, { error: 'This token is not known here' }) },
    ...wireTroubles,
  },
  secretPrefix: 'kqt-',
  handle: 'team-reader',
  sample: { label: 'Team – key server', left: 5, used: 15, models: [], pace: 0 },
  wallet: 0,
};
