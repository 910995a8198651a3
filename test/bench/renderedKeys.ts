import type { KeyState } from '../../src/core/quota/keyState.ts';
import type { Status } from '../../src/core/quota/statusName.ts';
import { at, DAY, keyState, MINUTE, quota, reading } from '../unit/support/samples.ts';

export const RENDERED_KEYS = 1000;
export const RENDERED_ORIGINS = 100;
const STATUSES: readonly Status[] = ['ok', 'ok', 'ok', 'low', 'stale', 'exhausted'];

/** A snapshot in which all figures differ from those of any other round. */
export function manyKeyStates(round: number): readonly KeyState[] {
  return Array.from({ length: RENDERED_KEYS }, (_, index) =>
    keyState({
      id: `key-${index}`,
      label: `Key ${index}`,
      origin: `https://gateway-${index % RENDERED_ORIGINS}.example`,
      status: STATUSES[index % STATUSES.length],
      reading: reading({
        takenAt: at(-round * MINUTE),
        quota: quota((index * 7 + round) % 100, 100 + index),
        expiresAt: index % 3 === 0 ? null : at((index % 60) * DAY + DAY),
        models: null,
      }),
      spend: {
        today: ((index * 7 + round) % 100) / 100,
        week: index + round / 100,
        calendarWeek: index + round / 100,
        month: index * 3 + round / 100,
        since: at(-60 * DAY),
        complete: true,
        days: Array.from({ length: 14 }, (_, day) => ((index + day) * 7 + round) % 20),
      },
      spendingLimits: [
        {
          period: 'day',
          limit: 1,
          unit: { code: 'USD' },
          spent: ((index * 7 + round) % 100) / 100,
          resetsAt: at(DAY),
          complete: true,
        },
      ],
    }),
  );
}
