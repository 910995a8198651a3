import { settingEntries } from './settingEntries.ts';
import type { StatusBarLook } from './statusBarLook.ts';

/** How the status bar looks until the user wants it otherwise. */
export const USUAL_LOOK: StatusBarLook = {
  visible: settingEntries['statusBar.visible'].default,
  style: settingEntries['statusBar.style'].default,
  items: settingEntries['statusBar.items'].default,
  alignment: settingEntries['statusBar.alignment'].default,
  maxLength: settingEntries['statusBar.maxLength'].default,
  colors: settingEntries['statusBar.colors'].default,
};
