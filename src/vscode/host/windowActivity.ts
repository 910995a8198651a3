import * as vscode from 'vscode';
import { ifAvailable } from './optionalApi.ts';

/** Whether a person is at this window. */
export interface WindowActivity {
  readonly focused: boolean;
  onDidFocus(listener: () => void): vscode.Disposable;
}

export const windowActivity: WindowActivity = {
  get focused() {
    // An editor that does not tell is taken for one in front of which somebody sits.
    return vscode.window.state?.focused ?? true;
  },
  onDidFocus(listener) {
    let focused = windowActivity.focused;
    return ifAvailable('window.onDidChangeWindowState', () =>
      vscode.window.onDidChangeWindowState(state => {
        const gained = state.focused && !focused;
        focused = state.focused;
        if (gained) listener();
      }),
    );
  },
};
