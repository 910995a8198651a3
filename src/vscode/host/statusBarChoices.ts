/** What the status bar shows beside a key's name. */
export const STATUS_BAR_STYLES = [
  'amount',
  'percent',
  'bar',
  'barAmount',
  'used',
  'today',
  'limit',
  'time',
  'template',
  'icon',
] as const;

/** One item for all keys, or one for each pinned key. */
export const STATUS_BAR_ITEMS = ['combined', 'perKey'] as const;

export const STATUS_BAR_ALIGNMENTS = ['left', 'right'] as const;

export type StatusBarStyle = (typeof STATUS_BAR_STYLES)[number];
