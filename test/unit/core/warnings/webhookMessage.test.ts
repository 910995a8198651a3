import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type { Warning } from '../../../../src/core/warnings/warning.ts';
import { webhookMessage } from '../../../../src/core/warnings/webhookMessage.ts';
import { at, DAY, HOUR, keyState, NOW, quota, reading } from '../../support/samples.ts';

const warning = (more: Partial<Warning>, key: Partial<KeyState> = {}): Warning => ({
  ...{ key: keyState(key), kind: 'low', threshold: 20, severity: 'warning', urgent: false },
  ...more,
});
const messageOf = (warnings: readonly Warning[], names = false) =>
  webhookMessage({ warnings, text: 'told', names, digest: id => `#${id}` }, NOW);

describe('a message to a webhook', () => {
  const low = warning(
    {},
    { status: 'low', reading: reading({ quota: quota(1.999, 20), expiresAt: at(3 * DAY) }) },
  );

  it('tells kind, state, share and times, and neither a name nor an amount', () => {
    assert.deepEqual(messageOf([low]), {
      ...{ source: 'key-quota', version: 1, event: 'warning' },
      ...{ sentAt: '2026-06-15T12:00:00.000Z', severity: 'warning', text: 'told', keys: 1 },
      warnings: [
        {
          ...{ kind: 'low', severity: 'warning', status: 'low', key: '#id-1' },
          // $1.999 of $20 is a share of 0.09995.
          shareLeft: 0.099,
          endsAt: '2026-06-18T12:00:00.000Z',
        },
      ],
    });
  });

  it('names keys where that is allowed', () => {
    assert.deepEqual(
      messageOf([low], true).warnings.map(({ name }) => name),
      ['Team'],
    );
  });

  it('has the worst severity, and counts keys and not warnings', () => {
    const end = warning({ kind: 'expiry', severity: 'error' });
    const other = warning({ severity: 'info' }, { id: 'id-2' });
    const { severity, keys, warnings } = messageOf([low, end, other]);
    assert.deepEqual([severity, keys, warnings.length], ['error', 2, 3]);
  });

  it('tells what is spent of a limit, and when that is reset', () => {
    const limit = {
      ...{ period: 'day' as const, limit: 10, unit: { code: 'USD' as const }, spent: 8.5 },
      ...{ resetsAt: at(HOUR), complete: true },
    } as const;
    const [told] = messageOf([warning({ kind: 'limit', limit })]).warnings;
    assert.deepEqual(told, {
      ...{ kind: 'limit', severity: 'warning', status: 'ok', key: '#id-1' },
      shareSpent: 0.85,
      resetsAt: '2026-06-15T13:00:00.000Z',
    });
  });

  it('tells the end of a plan, and when a key runs out', () => {
    const plan = { expiresAt: at(DAY) };
    const forecast = { lastsUntil: at(2 * HOUR), confidence: 'good' } as const;
    const key = { reading: reading({ plan, quota: quota(5, 20), expiresAt: null }), forecast };
    const warnings = (['plan', 'forecast'] as const).map(kind => warning({ kind }, key));
    assert.deepEqual(
      messageOf(warnings).warnings.map(({ endsAt, runsOutAt }) => [endsAt, runsOutAt]),
      [
        ['2026-06-16T12:00:00.000Z', undefined],
        [undefined, '2026-06-15T14:00:00.000Z'],
      ],
    );
  });

  it('is bounded, and still counts all keys', () => {
    const many = Array.from({ length: 60 }, (_, index) => warning({}, { id: `id-${index}` }));
    const { keys, warnings } = messageOf(many);
    assert.deepEqual([keys, warnings.length], [60, 50]);
  });

  it('without warnings is a test', () => {
    const { event, severity, keys } = messageOf([]);
    assert.deepEqual([event, severity, keys], ['test', 'info', 0]);
  });
});
