import { settingEntries } from './settingEntries.ts';
import type { readChoice, readFlag, readNumber, readText } from './settingValues.ts';
import type { STATUS_BAR_ALIGNMENTS, STATUS_BAR_ITEMS, StatusBarStyle } from './statusBarChoices.ts';

/** How the status bar looks, as the user set it. */
export interface StatusBarLook {
  readonly visible: boolean;
  readonly style: StatusBarStyle;
  /** What the style `template` shows; see `fillTemplate`. */
  readonly template: string;
  readonly items: (typeof STATUS_BAR_ITEMS)[number];
  readonly alignment: (typeof STATUS_BAR_ALIGNMENTS)[number];
  /** The longest text of an item, without its icon; 0: no limit. */
  readonly maxLength: number;
  /** Whether an item is colored when its key has a problem. */
  readonly colors: boolean;
}

/** Functions that read settings, by type. */
interface Readers {
  readonly flag: typeof readFlag;
  readonly choice: typeof readChoice;
  readonly number: typeof readNumber;
  readonly text: typeof readText;
}

/** The look by the settings that `Readers` give. */
export function lookFrom({ flag, choice, number, text }: Readers): StatusBarLook {
  return {
    visible: flag('statusBar.visible'),
    style: choice('statusBar.style'),
    template: text('statusBar.template'),
    items: choice('statusBar.items'),
    alignment: choice('statusBar.alignment'),
    maxLength: Math.floor(number('statusBar.maxLength')),
    colors: flag('statusBar.colors'),
  };
}

/** The look by the default settings. */
export const DEFAULT_LOOK = lookFrom({
  flag: name => settingEntries[name].default,
  choice: name => settingEntries[name].default,
  number: name => settingEntries[name].default,
  text: name => settingEntries[name].default,
});
