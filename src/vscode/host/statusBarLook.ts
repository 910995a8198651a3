/** What the status bar says about a key, beside its name. */
export const STATUS_BAR_STYLES = ['amount', 'percent', 'bar', 'used', 'time', 'icon'] as const;

/** One item that speaks for all keys, or one for each pinned key. */
export const STATUS_BAR_ITEMS = ['combined', 'perKey'] as const;

export const STATUS_BAR_ALIGNMENTS = ['left', 'right'] as const;

export type StatusBarStyle = (typeof STATUS_BAR_STYLES)[number];

/** How the user wants the status bar. */
export interface StatusBarLook {
  readonly visible: boolean;
  readonly style: StatusBarStyle;
  readonly items: (typeof STATUS_BAR_ITEMS)[number];
  readonly alignment: (typeof STATUS_BAR_ALIGNMENTS)[number];
  /** How many characters an item may have beside its icon; 0: as many as it takes. */
  readonly maxLength: number;
  /** Whether a key in trouble may colour its item. */
  readonly colors: boolean;
}
