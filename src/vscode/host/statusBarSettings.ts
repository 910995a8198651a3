import { readChoice, readFlag, readNumber, writeSetting } from './settingValues.ts';
import type { StatusBarStyle } from './statusBarChoices.ts';
import { lookBy, type StatusBarLook } from './statusBarLook.ts';

/** Reads how the user wants the status bar; what cannot be meant is as if it were not set. */
export function readStatusBarLook(): StatusBarLook {
  return lookBy({ flag: readFlag, choice: readChoice, number: readNumber });
}

/** Writes the style down for all windows. */
export function setStatusBarStyle(style: StatusBarStyle): Promise<void> {
  return writeSetting('statusBar.style', style);
}
