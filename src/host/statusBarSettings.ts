import * as vscode from 'vscode';
import { SECTION } from './settings.ts';
import { STATUS_BAR_STYLES, type StatusBarLook, type StatusBarStyle, USUAL_LOOK } from './statusBarLook.ts';

/** Reads how the user wants the status bar; what cannot be meant is as if it were not set. */
export function readStatusBarLook(): StatusBarLook {
  const section = vscode.workspace.getConfiguration(SECTION);
  const style = section.get<StatusBarStyle>('statusBar.style', 'amount');
  const maxLength = Number(section.get<number>('statusBar.maxLength', 50));
  return {
    visible: section.get<boolean>('statusBar.visible', true) !== false,
    style: STATUS_BAR_STYLES.includes(style) ? style : USUAL_LOOK.style,
    items: section.get<string>('statusBar.items', 'combined') === 'perKey' ? 'perKey' : 'combined',
    alignment: section.get<string>('statusBar.alignment', 'right') === 'left' ? 'left' : 'right',
    maxLength: maxLength >= 0 ? Math.floor(maxLength) : USUAL_LOOK.maxLength,
    colors: section.get<boolean>('statusBar.colors', true) !== false,
  };
}

/** Writes the style down for all windows. */
export async function setStatusBarStyle(style: StatusBarStyle): Promise<void> {
  const section = vscode.workspace.getConfiguration(SECTION);
  await section.update('statusBar.style', style, vscode.ConfigurationTarget.Global);
}
