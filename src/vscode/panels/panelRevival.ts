// By name, as in `extension.ts`.
import { Disposable, type WebviewPanel } from 'vscode';
import { window } from '../host/window.ts';
import { PANEL_NAMES, type PanelName, viewTypeOf } from './panelNames.ts';

/** A panel that VS Code restores after a reload. */
export interface Revivable {
  /** `state` is what the page saved, perhaps in another version, so it has to be validated. */
  revive(panel: WebviewPanel, state: unknown): void;
}

/** Restores panels after a reload. Their code is loaded by `findPanel`, only when there is one. */
export function revivePanels(findPanel: (name: PanelName) => Promise<Revivable>): Disposable {
  return Disposable.from(
    ...PANEL_NAMES.map(name =>
      window.registerWebviewPanelSerializer(viewTypeOf(name), {
        deserializeWebviewPanel: async (panel, state) => (await findPanel(name)).revive(panel, state),
      }),
    ),
  );
}
