import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import type { UsageReport } from '../../../../src/core/usage/usageReport.ts';
import { changedDescriptions } from '../../../../src/gateways/described/changedDescriptions.ts';
import { allDescriptions, setDescriptions } from '../../../../src/gateways/described/descriptions.ts';
import { gatewayOf } from '../../../../src/gateways/registry.ts';
import { aliasNames } from '../../../../src/services/tools/keyNames.ts';
import { quotaAnswer } from '../../../../src/services/tools/quotaAnswer.ts';
import { failureText } from '../../../../src/text/failure.ts';
import { PATIENCE_MS } from '../../../host/patience.ts';
import { until } from '../../../host/until.ts';
import { commandRunner } from '../../support/commands.ts';
import type { ManualClock } from '../../support/manualClock.ts';
import { HOUR } from '../../support/samples.ts';
import type { TestWindow } from '../../support/testWindow.ts';
import { WarningMemory } from '../../support/warnings.ts';
import { describedDraft, openDescribed, SECRET } from './describedSetup.ts';
import { Relay } from './relay.ts';

const NAME = 'My relay';
const GOOD = { path: '/v1/usage?of=me', remaining: '$.data.left', used: '$.data.used', divisor: 100 };
const ANSWER = { data: { left: 1250, used: 750 } };

/** Where the key stands in the request, by the words of the setting. */
const PLACES = [
  ['bearer', 'authorization', `Bearer ${SECRET}`],
  ['raw', 'authorization', SECRET],
  ['header x-api-key', 'x-api-key', SECRET],
  ['header api-key', 'api-key', SECRET],
  ['header apikey', 'apikey', SECRET],
  ['header x-auth-token', 'x-auth-token', SECRET],
  ['header x-access-token', 'x-access-token', SECRET],
  ['header x-goog-api-key', 'x-goog-api-key', SECRET],
] as const;

describe('a gateway that the user describes', () => {
  let relay: Relay;
  let opened: TestWindow | undefined;

  before(async () => {
    relay = await Relay.start();
  });
  after(() => relay.close());
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
    setDescriptions(undefined);
    relay.calls.length = 0;
    relay.reply = { body: ANSWER };
  });

  const open = (descriptions: unknown, options = {}) => {
    relay.reply = { body: ANSWER };
    opened = openDescribed(descriptions, options);
    return opened;
  };
  const check = (description: unknown, more = {}) =>
    open({ [NAME]: description }).keyService.checkDraft(describedDraft(NAME, relay.origin, more));

  for (const [secretIn, header, value] of PLACES)
    it(`gets the key by ${secretIn}, by one GET without a body`, async () => {
      const { reading } = await check({ ...GOOD, secretIn });
      assert.deepEqual(reading?.quota, {
        unlimited: false,
        granted: undefined,
        used: 7.5,
        remaining: 12.5,
      });
      const [call, ...others] = relay.calls;
      assert.equal(others.length, 0);
      assert.equal(call?.method, 'GET');
      assert.equal(call?.url, '/v1/usage?of=me');
      assert.equal(call?.body, '');
      const holding = Object.entries(call?.headers ?? {}).filter(([, each]) => String(each).includes(SECRET));
      assert.deepEqual(holding, [[header, value]]);
    });

  it('is not given the key in the address without the consent for that key', async () => {
    const { failure } = await check({ ...GOOD, secretIn: 'query key' });
    assert.equal(failure?.reason, 'consent-missing');
    assert.equal(relay.calls.length, 0);
  });

  it('is not given the key in the address for a key that was added by argument, which gives no consent', async () => {
    const window = open({ [NAME]: { ...GOOD, secretIn: 'query key' } });
    const add = commandRunner(window, window.clock);
    const { kind, baseUrl: origin, secret } = describedDraft(NAME, relay.origin);
    await assert.rejects(
      add('addKey', { kind, origin, secret, mayStandInUrl: true }),
      /has no member “mayStandInUrl”/,
    );
    await add('addKey', { kind, origin, secret, label: 'mine' });
    await window.monitor.start();
    await window.monitor.refresh();
    assert.match(window.monitor.snapshot[0]?.failure?.message ?? '', /you have not allowed that/);
    const [key] = window.keyService.keysById().values();
    assert.equal(key && (await window.keyService.mayStandInUrl(key)), false);
    assert.equal(relay.calls.length, 0);
  });

  it('is not given the key in the address over plain http, consent or not', async () => {
    const { failure } = await check({ ...GOOD, secretIn: 'query key' }, { mayStandInUrl: true });
    assert.equal(failure?.reason, 'consent-missing');
    assert.equal(relay.calls.length, 0);
  });

  it('is not followed to another page, nor to another host', async () => {
    const window = open({ [NAME]: GOOD });
    const outcomes: unknown[] = [];
    for (const location of ['/other', 'https://evil.example/v1/usage', `//127.0.0.1:1/v1/usage?of=me`]) {
      relay.reply = { status: 302, headers: { location }, body: '' };
      const { failure } = await window.keyService.checkDraft(describedDraft(NAME, relay.origin));
      outcomes.push(failure?.reason);
    }
    assert.deepEqual(outcomes, ['other-page', 'redirected', 'redirected']);
    assert.equal(relay.calls.length, 3);
  });

  it('is not asked by a description that is gone, and its key says so', async () => {
    const { failure } = await open({}).keyService.checkDraft(describedDraft(NAME, relay.origin));
    assert.ok(failure);
    assert.equal(
      failureText(failure, { label: 'Team', baseUrl: relay.origin }),
      'The description “My relay” is gone, so “Team” is not checked. Put it back into the setting keyQuota.describedGateways, or remove the key.',
    );
    assert.equal(relay.calls.length, 0);
  });

  it('is not asked by a description with a mistake, and its key says where it is', async () => {
    const { failure } = await check({ ...GOOD, path: '/api/user/token' });
    assert.ok(failure);
    assert.equal(
      failureText(failure, { label: 'Team', baseUrl: relay.origin }),
      'The description “My relay” has a mistake, so “Team” is not checked. In the setting keyQuota.describedGateways: “path”: A request to this path is known to change something or to cost money, so it is never sent.',
    );
    assert.equal(relay.calls.length, 0);
  });

  for (const setting of [undefined, null, 7, 'text', [], { [NAME]: null }])
    it(`is not asked where the setting is ${JSON.stringify(setting)}`, async () => {
      const { failure } = await open(setting).keyService.checkDraft(describedDraft(NAME, relay.origin));
      assert.equal(failure?.class, 'not-supported');
      assert.equal(relay.calls.length, 0);
    });

  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty'])
    it(`is not found in what every object has: ${name}`, async () => {
      const { failure } = await open({}).keyService.checkDraft(describedDraft(name, relay.origin));
      assert.equal(failure?.reason, 'description-gone');
    });

  it('says where nothing stands, and what stands there', async () => {
    const window = open({ [NAME]: { path: '/usage', remaining: '$.data.left' } });
    relay.reply = { body: { data: { left: [12] } } };
    const { failure } = await window.keyService.checkDraft(describedDraft(NAME, relay.origin));
    assert.ok(failure);
    assert.equal(
      failureText(failure, { label: 'Team', baseUrl: 'https://relay.example' }),
      'https://relay.example answered for “Team”, but where the description “My relay” looks for “remaining” there is a list, so what is left is unknown. Correct it in the setting keyQuota.describedGateways.',
    );
  });

  const answers: readonly (readonly [string, object, expected: string | number])[] = [
    ['an error with a figure', { body: { error: 'invalid key', data: { left: 0 } } }, 'refused-request'],
    ['no success with a figure', { body: { success: false, data: { left: 0 } } }, 'refused-request'],
    ['a code of 401', { body: { code: 401, data: { left: 0 } } }, 'refused-request'],
    ['a code of trouble', { body: { code: 503, data: { left: 0 } } }, 'unknown-refusal'],
    ['a code of 1', { body: { code: 1, data: { left: 500 } } }, 5],
    ['a code of a word', { body: { code: 'USD', data: { left: 500 } } }, 5],
    ['401', { status: 401, body: { error: 'bad key' } }, 'unknown-refusal'],
    ['403', { status: 403, body: {} }, 'unknown-refusal'],
    ['404', { status: 404, body: {} }, 'no-such-endpoint'],
    ['429', { status: 429, body: {} }, 'too-many-requests'],
    ['500', { status: 500, body: {} }, 'server-error'],
    ['a web page', { body: '<!doctype html><title>x' }, 'html'],
    ['nothing', { body: '' }, 'empty'],
    ['half an answer', { body: '{"data":{"left":500' }, 'not-json'],
    ['half a list', { body: '[{"left":500' }, 'not-json'],
    ['too much', { body: { data: { left: 500, more: 'x'.repeat(256 * 1024) } } }, 'too-large'],
    ['too many values', { body: { data: { left: 500 }, more: Array(5001).fill(0) } }, 'too-large'],
    ['too deep', { body: `${'['.repeat(70)}${']'.repeat(70)}` }, 'too-large'],
    ['far too deep', { body: '['.repeat(100_000) }, 'too-large'],
  ];
  for (const [what, reply, expected] of answers)
    it(`is understood when it answers ${what}`, async () => {
      const window = open({ [NAME]: { path: '/usage', remaining: '$.data.left', divisor: 100 } });
      relay.reply = reply as Relay['reply'];
      const { reading, failure } = await window.keyService.checkDraft(describedDraft(NAME, relay.origin));
      assert.equal(failure?.reason ?? reading?.quota?.remaining, expected);
    });

  it('may answer with a list, or with a number alone', async () => {
    const window = open({
      list: { path: '/usage', remaining: '$[?@.id == "pro"].left' },
      number: { path: '/usage', remaining: '$' },
    });
    const remaining: unknown[] = [];
    for (const [name, body] of [
      [
        'list',
        [
          { id: 'free', left: 1 },
          { id: 'pro', left: 9 },
        ],
      ],
      ['number', '12.5'],
    ] as const) {
      relay.reply = { body };
      const { reading } = await window.keyService.checkDraft(describedDraft(name, relay.origin));
      remaining.push(reading?.quota?.remaining);
    }
    assert.deepEqual(remaining, [9, 12.5]);
  });

  it('is asked as often as its description says, and then waits', async () => {
    const window = open({ [NAME]: { ...GOOD, callsPerHour: 2 } });
    const reasons: unknown[] = [];
    for (let call = 0; call < 3; call++) {
      const { failure } = await window.keyService.checkDraft(describedDraft(NAME, relay.origin));
      reasons.push(failure?.reason);
    }
    assert.deepEqual(reasons, [undefined, undefined, 'own-budget']);
    assert.equal(relay.calls.length, 2);
  });

  it('may be asked 60 times in an hour where its description does not say', () => {
    setDescriptions({ [NAME]: GOOD });
    const limiter = gatewayOf(`described:${NAME}`)?.limiters.described;
    assert.deepEqual([limiter?.calls, limiter?.windowMs], [60, HOUR]);
  });

  it('keeps its key, its figure and its age when its description goes, and reads on when it is back', async () => {
    const window = open({ [NAME]: GOOD });
    const id = await window.keyService.add(describedDraft(NAME, relay.origin));
    await window.monitor.start();
    await window.monitor.refresh([id]);
    const before = allDescriptions();
    setDescriptions({});
    assert.deepEqual([...changedDescriptions(before)], [NAME]);
    await window.monitor.applySettings(new Set(), new Set([`described:${NAME}`]));
    await (window.clock as ManualClock).advance(0);
    const gone = await until('the check has failed', PATIENCE_MS, () =>
      window.monitor.snapshot.find(({ failure }) => failure),
    );
    assert.equal(gone?.reading?.quota?.remaining, 12.5);
    assert.equal(gone?.failure?.reason, 'description-gone');
    assert.match(gone?.failure?.message ?? '', /^The description “My relay” is gone/);
    assert.equal(relay.calls.length, 1);
    setDescriptions({ [NAME]: { ...GOOD, divisor: 1000 } });
    await window.monitor.applySettings(new Set(), new Set([`described:${NAME}`]));
    await (window.clock as ManualClock).advance(0);
    const back = await until('it is read again', PATIENCE_MS, () =>
      window.monitor.snapshot.find(({ failure }) => !failure),
    );
    assert.equal(back.reading?.quota?.remaining, 1.25);
  });

  it('has its spend recorded, is warned about, and is told to agents as any other', async () => {
    const window = open({ [NAME]: GOOD });
    const clock = window.clock as ManualClock;
    const id = await window.keyService.add(describedDraft(NAME, relay.origin));
    await window.monitor.start();
    await window.monitor.refresh([id]);
    clock.jump(HOUR);
    relay.reply = { body: { data: { left: 50, used: 1950 } } };
    await window.monitor.refresh([id]);
    const day = new Date(clock.now()).toLocaleDateString('sv');
    const asked = { key: id, from: day, to: day };
    const report = (await commandRunner(window, clock)('queryUsage', asked)) as UsageReport;
    assert.deepEqual([report.total?.used, report.unit?.code, report.source], [12, 'USD', 'recorded']);
    assert.equal(relay.calls.length, 2);
    assert.deepEqual(new WarningMemory().evaluate(clock.now(), window.monitor.snapshot), ['low 1']);
    const naming = aliasNames(new Map([[id, 'key 1']]));
    const { keys } = quotaAnswer(window.monitor.snapshot, {}, naming, false, clock.now());
    assert.equal(keys[0]?.status, 'low');
    assert.deepEqual(
      [keys[0]?.figures?.remaining, keys[0]?.figures?.used, keys[0]?.figures?.unit],
      [0.5, 19.5, 'USD'],
    );
    assert.ok(!JSON.stringify(keys).includes(NAME), 'what the user calls the gateway is not told');
  });
});
