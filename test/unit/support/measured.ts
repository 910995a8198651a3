import type { Measured } from '../../../src/cli/serve/metrics/family.ts';
import type { KeyState } from '../../../src/core/quota/keyState.ts';
import type { Reading } from '../../../src/core/quota/reading.ts';

const NOW = Date.parse('2026-11-02T10:00:00.000Z');

/** An id that is no secret in any other test: secrets are redacted from texts of the whole process. */
export const LABELS = { key_id: '5e9a07c41b3fd286', key_name: 'ML batch', server_address: 'gw.example' };

/** A minute old. */
export const READING: Reading = {
  takenAt: '2026-11-02T09:59:00.000Z',
  unit: { code: 'USD', source: 'gateway' },
};

/** What metrics are made of, with one key and one limiter, on a Monday at ten. */
export function measured(state: Partial<KeyState>): Measured {
  const key: KeyState = {
    ...{ id: 'record', label: 'ML batch', kind: 'newApi', origin: 'https://gw.example' },
    ...{ credential: 'apiKey', pinned: false, status: 'ok' },
    ...state,
  };
  return {
    keys: [{ state: key, labels: LABELS }],
    limiters: [
      {
        labels: { server_address: 'gw.example', limiter: 'scarce' },
        ...{ called: 7, refused: 2, inWindow: 3, allowed: 10 },
      },
    ],
    ...{ version: '0.2.0', now: NOW, monthBegins: 1 },
  };
}
