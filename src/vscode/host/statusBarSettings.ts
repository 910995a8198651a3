import * as vscode from 'vscode';
import { numberIn, SECTION } from './settings.ts';
import { STATUS_BAR_STYLES, type StatusBarLook, type StatusBarStyle, USUAL_LOOK } from './statusBarLook.ts';

/** Reads how the user wants the status bar; what cannot be meant is as if it were not set. */
export function readStatusBarLook(): StatusBarLook {
  const section = vscode.workspace.getConfiguration(SECTION);
  const style = section.get<StatusBarStyle>('statusBar.style', 'amount');
  return {
    visible: section.get<boolean>('statusBar.visible', true) !== false,
    style: STATUS_BAR_STYLES.includes(style) ? style : USUAL_LOOK.style,
    items: section.get<string>('statusBar.items', 'combined') === 'perKey' ? 'perKey' : 'combined',
    alignment: section.get<string>('statusBar.alignment', 'right') === 'left' ? 'left' : 'right',
    maxLength: Math.floor(numberIn('statusBar.maxLength', 50, 0, 500)),
    colors: section.get<boolean>('statusBar.colors', true) !== false,
  };
}

/** Writes the style down for all windows. */
export async function setStatusBarStyle(style: StatusBarStyle): Promise<void> {
  const section = vscode.workspace.getConfiguration(SECTION);
  await section.update('statusBar.style', style, vscode.ConfigurationTarget.Global);
}
