import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { defaultSettings } from '../../../../src/cli/defaultSettings.ts';
import { CallCounter } from '../../../../src/cli/serve/callCounter.ts';
import { exposition } from '../../../../src/cli/serve/metrics/exposition.ts';
import { measure } from '../../../../src/cli/serve/metrics/measure.ts';
import { baseUrlOf } from '../../../../src/core/input/baseUrl.ts';
import type { KeyState } from '../../../../src/core/quota/keyState.ts';
import type { SqliteStore } from '../../../../src/store/store.ts';
import { useStore } from '../../support/useStore.ts';

const NOW = Date.parse('2026-11-02T10:00:00.000Z');

describe('what is measured of gateways that differ by http and https alone', () => {
  let store: SqliteStore;
  useStore([], NOW, opened => {
    store = opened;
  });

  it('is one series for each limiter, with the calls of both', async () => {
    const origins = ['http://gw.example', 'https://gw.example'];
    const snapshot = origins.map(
      (origin): KeyState => ({
        ...{ id: origin, label: origin, kind: 'newApi', origin },
        ...{ credential: 'apiKey', pinned: false, status: 'unknown' },
      }),
    );
    const ids = new Map(origins.map((origin, index) => [origin, `id-${index}`]));
    const calls = new CallCounter();
    for (const [index, origin] of origins.entries()) {
      const baseUrl = baseUrlOf({ origin });
      calls.count({ baseUrl, limiter: 'scarce', was: 'reserved' });
      if (index > 0) calls.count({ baseUrl, limiter: 'scarce', was: 'refused' });
      store.transaction(() => store.requests.addCall(baseUrl, 'scarce', NOW - 1000));
    }
    const measured = measure({
      ...{ store, ids, calls, snapshot: () => snapshot },
      ...{ settings: defaultSettings, withNames: true, now: () => NOW },
    });
    const text = (await exposition(measured)).join('');
    const series = text.split('\n').filter(line => /^\w/.test(line));
    assert.equal(new Set(series.map(line => line.replace(/ \S+$/, ''))).size, series.length);
    const ofScarce = series.filter(line => line.includes('limiter="scarce"'));
    const figures = ofScarce.map(line => line.replace(/^key_quota_gateway_(\w+)\{.*\} /, '$1 '));
    assert.deepEqual(figures, [
      ...['calls_total 2', 'refused_total 1'],
      // At a site that is new others may ask too, so that one call at a time is ours at each of both.
      ...['calls_in_window 2', 'calls_allowed 2'],
    ]);
  });
});
