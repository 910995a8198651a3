import { readChoice, readFlag, readNumber, writeSetting } from './settingValues.ts';
import type { StatusBarLook, StatusBarStyle } from './statusBarLook.ts';

/** Reads how the user wants the status bar; what cannot be meant is as if it were not set. */
export function readStatusBarLook(): StatusBarLook {
  return {
    visible: readFlag('statusBar.visible'),
    style: readChoice('statusBar.style'),
    items: readChoice('statusBar.items'),
    alignment: readChoice('statusBar.alignment'),
    maxLength: Math.floor(readNumber('statusBar.maxLength')),
    colors: readFlag('statusBar.colors'),
  };
}

/** Writes the style down for all windows. */
export function setStatusBarStyle(style: StatusBarStyle): Promise<void> {
  return writeSetting('statusBar.style', style);
}
