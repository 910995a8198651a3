import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { exposition } from '../../../../../src/cli/serve/metrics/exposition.ts';
import { hasRejected, otlpRequest } from '../../../../../src/cli/serve/otlp/otlpMessages.ts';
import type { KeyState } from '../../../../../src/core/quota/keyState.ts';
import { redactor } from '../../../../../src/redaction/redactor.ts';
import { traceIn } from '../../../../canary/traces.ts';
import { secretFor } from '../../../../sampleGateways/secrets.ts';
import { LABELS, measured, READING } from '../../../support/measured.ts';
import { readOtlp } from '../../../support/readOtlp.ts';

const AT = Date.parse('2026-11-02T10:00:00.000Z');
const SINCE = AT - 3_600_500;

const push = (state: Partial<KeyState>) => readOtlp(otlpRequest(measured(state), { host: 'a' }, SINCE));

const STATES: Readonly<Record<string, Partial<KeyState>>> = {
  'a key of which nothing is known': { status: 'unknown' },
  'a key with a quota': {
    reading: { ...READING, quota: { unlimited: false, granted: 10, used: 7.5, remaining: 2.5 } },
    spendingLimits: [
      {
        ...{ period: 'month', limit: 50, unit: { code: 'USD' }, spent: 40 },
        ...{ resetsAt: '2026-12-01T00:00:00.000Z', complete: true },
      },
    ],
    forecast: { lastsUntil: '2026-11-02T20:00:00.000Z', confidence: 'fair' },
  },
  'a key without limits': { reading: { ...READING, quota: { unlimited: true, used: 3 }, expiresAt: null } },
  'a key that is refused': { failure: { class: 'bad-key', message: 'The gateway says no.' } },
  'a key with windows and a currency of its own': {
    reading: {
      ...{ ...READING, unit: { code: 'CUSTOM', symbol: 'pts', source: 'gateway' } },
      windows: [{ name: '5h “all”\nof it', used: 30, unit: 'percent' }],
    },
  },
};

describe('what is pushed', () => {
  for (const [what, state] of Object.entries(STATES))
    it(`of ${what} is what is scraped: names, labels, values, meanings`, async () => {
      const lines = push(state).metrics.flatMap(({ name, help, type, points }) => [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} ${type === 'gauge' ? 'gauge' : 'counter'}`,
        ...points.map(({ labels, value }) => `${name}{${written(labels)}} ${value}`),
      ]);
      const scraped = (await exposition(measured(state)))
        .join('')
        .split('\n')
        .filter(line => line !== '');
      assert.ok(lines.length > 12);
      assert.deepEqual(lines, scraped);
    });

  it('has no value for what is not known, and no remaining amount of what is unlimited', () => {
    const names = ({ metrics }: ReturnType<typeof push>) => metrics.map(({ name }) => name);
    assert.ok(!names(push({ status: 'unknown' })).some(name => /remaining|usage|limit_/.test(name)));
    const unlimited = push({ reading: { ...READING, quota: { unlimited: true, used: 3 } } });
    assert.ok(!names(unlimited).some(name => /remaining|limit_usd/.test(name)));
    assert.ok(names(unlimited).includes('key_quota_usage_usd'));
  });

  it('says when it was so, since when calls are counted, and what it counts', () => {
    const { resource, metrics } = push({
      reading: { ...READING, quota: { unlimited: false, remaining: 2.5 } },
    });
    assert.deepEqual(resource, { host: 'a' });
    const [left] = metrics;
    assert.deepEqual([left?.name, left?.unit, left?.type], ['key_quota_remaining_usd', '{USD}', 'gauge']);
    assert.deepEqual(left?.points, [{ labels: LABELS, value: 2.5, since: SINCE, at: AT }]);
    const calls = metrics.find(({ name }) => name === 'key_quota_gateway_calls_total');
    assert.deepEqual(
      [calls?.unit, calls?.type, calls?.points[0]?.value],
      ['{call}', 'cumulative sum that only grows', 7],
    );
  });

  it('has no secret in it, wherever one came from', () => {
    const secret = secretFor('a key that a gateway calls its window, to be pushed');
    redactor.protect(secret);
    const windows = [{ name: secret, used: 1, limit: 2, unit: 'money' }] as const;
    const request = otlpRequest(measured({ reading: { ...READING, windows } }), {}, SINCE);
    const found = readOtlp(request).metrics.find(({ name }) => name === 'key_quota_window_used_ratio');
    assert.equal(found?.points[0]?.labels.window, '‹secret›');
    assert.equal(traceIn(Buffer.from(request).toString('latin1')), undefined);
  });
});

describe('what a collector answers', () => {
  /** A partial success: a number of rejected points, and a sentence. */
  const partial = (...bytes: number[]) => new TextDecoder().decode(Uint8Array.of(10, bytes.length, ...bytes));

  it('says whether it took all', () => {
    assert.equal(hasRejected(''), false);
    assert.equal(hasRejected(partial(8, 3, 18, 1, 65)), true);
    assert.equal(hasRejected(partial(18, 1, 65)), false);
  });

  it('says so in numbers that are no text, too, and nothing in words of another kind', () => {
    assert.equal(hasRejected(undefined), true);
    assert.equal(hasRejected('{"partialSuccess":{}}'), false);
  });
});

/** As Prometheus writes labels. */
function written(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(
      ([name, text]) =>
        `${name}="${text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')}"`,
    )
    .join(',');
}
