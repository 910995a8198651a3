import { isPaused } from '../../core/quota/failure.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import type { Status } from '../../core/quota/statusName.ts';

/** Codicons, so that a status is never shown by colour alone. */
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

/** Theme colours for the tree's icons; absent where the plain icon says enough. */
export const STATUS_COLOR: Readonly<Partial<Record<Status, string>>> = {
  ok: 'charts.green',
  low: 'list.warningForeground',
  exhausted: 'list.errorForeground',
  expired: 'list.errorForeground',
  disabled: 'list.errorForeground',
  invalid: 'list.errorForeground',
  stale: 'list.warningForeground',
};

/** For a key whose checks are paused: neither good news nor an alarm. */
const PAUSED_ICON = 'debug-pause';

/** The icon of a key, by its status unless its checks are paused. */
export function keyIcon(key: KeyState): string {
  return isPaused(key) ? PAUSED_ICON : STATUS_ICON[key.status];
}

/** For a key that is ok and ends within days. */
export const ENDING_ICON = 'watch';
export const ENDING_COLOR = 'list.warningForeground';
