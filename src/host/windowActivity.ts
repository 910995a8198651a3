import * as vscode from 'vscode';

/** Whether a person is at this window. */
export interface WindowActivity {
  readonly focused: boolean;
  onDidFocus(listener: () => void): vscode.Disposable;
}

export const windowActivity: WindowActivity = {
  get focused() {
    return vscode.window.state.focused;
  },
  onDidFocus(listener) {
    let focused = vscode.window.state.focused;
    return vscode.window.onDidChangeWindowState(state => {
      const gained = state.focused && !focused;
      focused = state.focused;
      if (gained) listener();
    });
  },
};
