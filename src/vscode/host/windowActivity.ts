import * as vscode from 'vscode';
import type { WindowActivity } from '../../core/ports/windowActivity.ts';
import { ifAvailable } from './optionalApi.ts';

export const windowActivity: WindowActivity = {
  get focused() {
    // An editor that does not say counts as focused.
    return vscode.window.state?.focused ?? true;
  },
  get active() {
    return vscode.window.state?.active;
  },
  onDidFocus(listener) {
    let focused = windowActivity.focused;
    return ifAvailable(() =>
      vscode.window.onDidChangeWindowState(state => {
        const gained = state.focused && !focused;
        focused = state.focused;
        if (gained) listener();
      }),
    );
  },
};
