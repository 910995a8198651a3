import { readChoice, readFlag, readNumber, readText, writeSetting } from './settingValues.ts';
import type { StatusBarStyle } from './statusBarChoices.ts';
import { lookFrom, type StatusBarLook } from './statusBarLook.ts';

/** Reads the look of the status bar; a setting that is not valid counts as not set. */
export function readStatusBarLook(): StatusBarLook {
  return lookFrom({ flag: readFlag, choice: readChoice, number: readNumber, text: readText });
}

/** Writes the template for all windows. */
export function setStatusBarTemplate(template: string): Promise<void> {
  return writeSetting('statusBar.template', template);
}

/** Writes the style for all windows. */
export function setStatusBarStyle(style: StatusBarStyle): Promise<void> {
  return writeSetting('statusBar.style', style);
}
