/** What the status bar says about a key, beside its name. */
export const STATUS_BAR_STYLES = ['amount', 'percent', 'bar', 'used', 'time', 'icon'] as const;

export type StatusBarStyle = (typeof STATUS_BAR_STYLES)[number];

/** How the user wants the status bar. */
export interface StatusBarLook {
  readonly visible: boolean;
  readonly style: StatusBarStyle;
  /** One item that speaks for all keys, or one for each pinned key. */
  readonly items: 'combined' | 'perKey';
  readonly alignment: 'left' | 'right';
  /** How many characters an item may have beside its icon; 0: as many as it takes. */
  readonly maxLength: number;
  /** Whether a key in trouble may colour its item. */
  readonly colors: boolean;
}

/** How it looks until the user wants it otherwise. */
export const USUAL_LOOK: StatusBarLook = {
  visible: true,
  style: 'amount',
  items: 'combined',
  alignment: 'right',
  maxLength: 50,
  colors: true,
};
