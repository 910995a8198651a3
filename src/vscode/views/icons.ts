import { isPaused } from '../../core/quota/failure.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import type { Status } from '../../core/quota/statusName.ts';

/** Codicons, so that a status is never shown by color alone. */
export const STATUS_ICON: Readonly<Record<Status, string>> = {
  ok: 'key',
  low: 'warning',
  exhausted: 'error',
  expired: 'calendar',
  disabled: 'circle-slash',
  invalid: 'lock',
  stale: 'history',
  unknown: 'question',
};

/** For a key whose checks are paused: neither good news nor an alarm. */
const PAUSED_ICON = 'debug-pause';

/** The icon of a key, by its status unless its checks are paused. */
export function keyIcon(key: KeyState): string {
  return isPaused(key) ? PAUSED_ICON : STATUS_ICON[key.status];
}
