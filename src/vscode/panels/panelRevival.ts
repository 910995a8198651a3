import * as vscode from 'vscode';

/** The pages of our own that the editor area can show. */
export const PANEL_NAMES = ['usage', 'logs'] as const;

export type PanelName = (typeof PANEL_NAMES)[number];

/** The type under which VS Code knows a panel; `package.json` names the same to be woken for it. */
export function viewTypeOf(name: PanelName): string {
  return `keyQuota.${name}`;
}

/** What can take back the panel that VS Code kept over a reload. */
export interface Revivable {
  /** `state` is what its page kept: perhaps of another version, so nothing is sure about it. */
  revive(panel: vscode.WebviewPanel, state: unknown): void;
}

/** Brings panels back after a reload. Their code is loaded by `find` only when there is one to bring back. */
export function revivePanels(find: (name: PanelName) => Promise<Revivable>): vscode.Disposable {
  return vscode.Disposable.from(
    ...PANEL_NAMES.map(name =>
      vscode.window.registerWebviewPanelSerializer(viewTypeOf(name), {
        deserializeWebviewPanel: async (panel, state) => (await find(name)).revive(panel, state),
      }),
    ),
  );
}
