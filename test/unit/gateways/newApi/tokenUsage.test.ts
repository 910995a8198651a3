import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { GatewayError } from '../../../../src/core/quota/failure.ts';
import type { CountedReading } from '../../../../src/core/quota/reading.ts';
import type { Scale } from '../../../../src/core/quota/unit.ts';
import type { GatewayContext } from '../../../../src/gateways/gatewayContext.ts';
import { readTokenUsage } from '../../../../src/gateways/newApi/tokenUsage.ts';
import type { SiteNotes } from '../../../../src/gateways/siteNotes.ts';
import { DAY, NOW } from '../../support/samples.ts';

/** 500,000 units to the dollar. */
const UNITS_SCALE = { unit: { code: 'USD', source: 'gateway' }, perUnit: 500_000 } as const;
const CONVERTED_SCALE = { unit: { code: 'USD', source: 'default' }, perUnit: 1 } as const;
const TOTALS = { total_granted: 1_000_000, total_used: 250_000, total_available: 750_000 };

interface Setting {
  readonly status?: number;
  readonly scale?: Scale;
  /** Null: that amounts are converted is not to be guessed. */
  readonly converted?: Scale | null;
  readonly notes?: SiteNotes;
}

/** A reading, and what is noted about the site by it. */
async function readNoting(answer: object, setting: Setting = {}) {
  const { status = 200, scale = UNITS_SCALE, converted = CONVERTED_SCALE, notes = {} } = setting;
  const noted: SiteNotes[] = [];
  const context = {
    site: { lineage: 'newApi' },
    now: () => NOW,
    notes: () => notes,
    note: (change: SiteNotes) => noted.push(change),
    sendRequest: async () => ({ status, headers: new Headers(), text: JSON.stringify(answer) }),
  };
  const reading = await readTokenUsage(
    context as unknown as GatewayContext,
    scale,
    converted ?? undefined,
  ).catch((error: unknown) => {
    assert.ok(error instanceof GatewayError);
    return error;
  });
  return { reading, noted };
}

async function read(answer: object, setting: Setting = {}): Promise<CountedReading> {
  const { reading } = await readNoting(answer, setting);
  if (reading instanceof GatewayError) throw reading;
  return reading;
}
const readData = (data: object) => read({ code: true, data: { object: 'token_usage', ...data } });

describe('whether the amounts of a key are units', () => {
  const CASES: readonly [what: string, answer: object, remaining: number][] = [
    ['New API’s own answer is in units', { code: true, data: { object: 'token_usage', ...TOTALS } }, 1.5],
    ['one with success and a code is in units', { success: true, code: 0, data: TOTALS }, 1.5],
    [
      'one with success and data.object is in units',
      { success: true, data: { object: 'token_usage', ...TOTALS } },
      1.5,
    ],
    ['one that tells neither is in units', { data: TOTALS }, 1.5],
    ['one with a code alone is in units', { code: 0, data: TOTALS }, 1.5],
    ['one with success alone is converted', { success: true, data: TOTALS }, 750_000],
    [
      'one with a fraction in any of its totals is converted',
      { code: true, data: { object: 'token_usage', total_granted: 10, total_used: 2.5, total_available: 8 } },
      8,
    ],
  ];
  for (const [what, answer, remaining] of CASES) {
    it(what, async () => assert.equal((await read(answer)).quota?.remaining, remaining));
  }

  it('is not guessed where the user has said what they are', async () => {
    const { quota } = await read({ success: true, data: TOTALS }, { converted: null });
    assert.equal(quota?.remaining, 1.5);
  });
});

describe('the figures of a key', () => {
  it('count down from the difference where what is left is not told', async () => {
    const { quota, counted } = await readData({ total_granted: 1_000_000, total_used: 250_000 });
    assert.deepEqual(quota, { unlimited: false, granted: 2, used: 0.5, remaining: 1.5 });
    assert.equal(counted?.remaining, 750_000);
    assert.equal(counted?.used, 250_000);
  });

  it('count down from what is told, whatever the difference is', async () => {
    const { quota, counted } = await readData({ ...TOTALS, total_available: 500_000 });
    assert.equal(quota?.remaining, 1);
    assert.equal(counted?.remaining, 500_000);
  });

  it('are none without what is left and without one of the others', async () => {
    await assert.rejects(readData({ total_granted: 1_000_000 }), /missing-figures/);
    await assert.rejects(readData({ total_used: 250_000 }), /missing-figures/);
  });

  it('are what is told of them', async () => {
    assert.deepEqual((await readData({ total_available: 500_000 })).quota, {
      unlimited: false,
      granted: undefined,
      used: undefined,
      remaining: 1,
    });
    assert.equal((await readData(TOTALS)).name, undefined);
    assert.equal((await readData({ ...TOTALS, name: 'my\u202E key' })).name, 'my key');
  });

  it('are none under a switch that cannot be read: it may mean that nothing limits the key', async () => {
    await assert.rejects(readData({ ...TOTALS, unlimited_quota: 'maybe' }), /missing-figures/);
    assert.equal((await readData({ ...TOTALS, unlimited_quota: null })).quota?.remaining, 1.5);
    assert.equal((await readData({ ...TOTALS, unlimited_quota: false })).quota?.remaining, 1.5);
  });

  it('of a key without a limit are what it used alone', async () => {
    assert.deepEqual((await readData({ ...TOTALS, unlimited_quota: true })).quota, {
      unlimited: true,
      used: 0.5,
    });
    assert.deepEqual((await readData({ ...TOTALS, total_granted: -1 })).quota, {
      unlimited: true,
      used: 0.5,
    });
    assert.equal(
      (await readData({ ...TOTALS, total_granted: 0, total_available: 0 })).quota?.unlimited,
      false,
    );
  });

  it('of a key with a limit may be overdrawn by more than it is known to have used yet', async () => {
    // A key of 100 units spent 600; what it used is told as it was a minute ago.
    const totals = { total_granted: -500, total_used: 0, total_available: -500 };
    assert.deepEqual((await readData({ ...totals, unlimited_quota: false })).quota, {
      unlimited: false,
      granted: -0.001,
      used: 0,
      remaining: -0.001,
    });
    assert.equal((await readData(totals)).quota?.unlimited, true, 'unless nothing says that it has one');
    for (const none of [-1, -(2 ** 31)])
      assert.equal(
        (await readData({ ...totals, total_granted: none, unlimited_quota: false })).quota?.unlimited,
        true,
      );
  });

  it('are apart from those of another conversion', async () => {
    const units = await readData(TOTALS);
    const converted = await read({ success: true, data: TOTALS });
    assert.deepEqual([units.counted?.source, units.counted?.isConverted], ['usage', false]);
    assert.deepEqual([converted.counted?.source, converted.counted?.isConverted], ['usage ', true]);
    const tokens = { unit: { code: 'TOKENS', source: 'gateway' }, perUnit: 1 } as const;
    const { counted } = await read({ code: true, data: TOTALS }, { scale: tokens });
    assert.deepEqual([counted?.source, counted?.isConverted], ['usage', false]);
  });
});

describe('the models of a key', () => {
  const modelsOf = async (more: object) => (await readData({ ...TOTALS, ...more })).models;

  it('are those of its limit while that is switched on', async () => {
    const model_limits = { 'gpt-4.1': true };
    assert.deepEqual(await modelsOf({ model_limits, model_limits_enabled: true }), ['gpt-4.1']);
    assert.equal(await modelsOf({ model_limits, model_limits_enabled: false }), null);
  });

  it('are those of its limit where no switch is told, and all where that is empty', async () => {
    assert.deepEqual(await modelsOf({ model_limits: { 'gpt-4.1': true } }), ['gpt-4.1']);
    assert.equal(await modelsOf({ model_limits: {} }), null);
    assert.equal(await modelsOf({ model_limits_enabled: false }), null);
  });

  it('are not known where nothing is told', async () => {
    assert.equal(await modelsOf({}), undefined);
  });
});

describe('the endpoint of a key’s figures', () => {
  const PATH = '/api/usage/token/';
  const answer = { code: true, data: { object: 'token_usage', ...TOTALS } };
  const missing = { error: { message: `Invalid URL (GET ${PATH})` } };

  it('is noted once it has answered', async () => {
    assert.deepEqual((await readNoting(answer)).noted, [{ has: { [PATH]: true } }]);
    assert.deepEqual((await readNoting(answer, { notes: { has: { [PATH]: true } } })).noted, []);
  });

  it('is noted as missing by the router’s own words alone', async () => {
    const { reading, noted } = await readNoting(missing, { status: 404 });
    assert.match(String(reading), /not-supported: no-such-endpoint/);
    assert.deepEqual(noted, [{ lacks: { [PATH]: NOW + 3 * DAY } }]);
    assert.deepEqual((await readNoting({ message: 'not found' }, { status: 404 })).noted, []);
  });

  it('may refuse with HTTP 200 in the form of any trouble, which passes', async () => {
    const trouble = { success: false, message: 'later' };
    await assert.rejects(read(trouble), /transient: unknown-refusal/);
    await assert.rejects(read(trouble, { status: 400 }), /unexpected: refused-request/);
    await assert.rejects(read({ success: false, error: 'later' }), /unexpected: refused-request/);
    await assert.rejects(read({ success: false, message: 'token not found' }), /bad-key: refused-key/);
  });
});
