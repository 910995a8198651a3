import { settingEntries } from './settingEntries.ts';
import type { readChoice, readFlag, readNumber } from './settingValues.ts';
import type { STATUS_BAR_ALIGNMENTS, STATUS_BAR_ITEMS, StatusBarStyle } from './statusBarChoices.ts';

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

/** What reads settings, by their type. */
interface Readers {
  readonly flag: typeof readFlag;
  readonly choice: typeof readChoice;
  readonly number: typeof readNumber;
}

/** The look that settings say, read by whatever reads them. */
export function lookBy({ flag, choice, number }: Readers): StatusBarLook {
  return {
    visible: flag('statusBar.visible'),
    style: choice('statusBar.style'),
    items: choice('statusBar.items'),
    alignment: choice('statusBar.alignment'),
    maxLength: Math.floor(number('statusBar.maxLength')),
    colors: flag('statusBar.colors'),
  };
}

/** How the status bar looks until the user wants it otherwise. */
export const USUAL_LOOK = lookBy({
  flag: name => settingEntries[name].default,
  choice: name => settingEntries[name].default,
  number: name => settingEntries[name].default,
});
