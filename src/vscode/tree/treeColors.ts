import type { Status } from '../../core/quota/statusName.ts';

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

/** For a key that is ok and ends within days. */
export const ENDING_ICON = 'watch';
export const ENDING_COLOR = 'list.warningForeground';

/** For a key that is pinned to the status bar, and well. */
export const PINNED_ICON = 'pinned';
