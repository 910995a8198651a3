import * as vscode from 'vscode';
import { SECTION } from './settings.ts';
import { STATUS_BAR_STYLES, type StatusBarLook, type StatusBarStyle, USUAL_LOOK } from './statusBarLook.ts';

/** Reads how the user wants the status bar; what cannot be meant is as if it were not set. */
export function readStatusBarLook(): StatusBarLook {
  const section = vscode.workspace.getConfiguration(SECTION);
  const read = <Name extends keyof StatusBarLook>(name: Name, values: readonly StatusBarLook[Name][]) => {
    const value = section.get<StatusBarLook[Name]>(`statusBar.${name}`);
    return value !== undefined && values.includes(value) ? value : USUAL_LOOK[name];
  };
  const maxLength = Number(section.get<number>('statusBar.maxLength', USUAL_LOOK.maxLength));
  return {
    visible: read('visible', [true, false]),
    style: read('style', STATUS_BAR_STYLES),
    items: read('items', ['combined', 'perKey']),
    alignment: read('alignment', ['left', 'right']),
    maxLength: maxLength >= 0 ? Math.floor(maxLength) : USUAL_LOOK.maxLength,
    colors: read('colors', [true, false]),
  };
}

/** Writes the style down for all windows. */
export async function setStatusBarStyle(style: StatusBarStyle): Promise<void> {
  const section = vscode.workspace.getConfiguration(SECTION);
  await section.update('statusBar.style', style, vscode.ConfigurationTarget.Global);
}
