import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { EXTENSION_ID } from '../host/installation.ts';
import { showInformation } from '../host/messages.ts';
import { isPlaceChosenFor } from '../host/settingValues.ts';

/** What VS Code keeps on the person's own machine, however often a container is rebuilt. */
export interface HintMemento {
  get(name: string): unknown;
  update(name: string, value: unknown): PromiseLike<void>;
}

const SHOWN = 'hints.remoteOnly';

/**
 * Says once that the extension is installed only on the remote side although the window is on a desktop: each remote
 * then has figures and a history of its own, and a container loses them.
 */
export async function hintWhenRemoteOnly({
  extension,
  globalState,
}: {
  readonly extension: { readonly extensionKind: vscode.ExtensionKind };
  readonly globalState: HintMemento;
}): Promise<void> {
  if (!isRemoteOnly(extension.extensionKind) || globalState.get(SHOWN) === true) return;
  await globalState.update(SHOWN, true);
  const install = l10n.t('Install Locally…');
  const pressed = await showInformation(
    l10n.t(
      'Key Quota is installed only in this remote, and its figures and history go when the remote does. Install it on your own machine, so that one check serves all windows.',
    ),
    install,
  );
  // The page of the extension has the button that does it.
  if (pressed === install) await vscode.commands.executeCommand('extension.open', EXTENSION_ID);
}

/** Not where a person has set that it runs there: a gateway may be reachable from the remote alone. */
function isRemoteOnly(kind: vscode.ExtensionKind): boolean {
  const { remoteName, uiKind } = vscode.env;
  // Some forks of VS Code lack one of these lists.
  if (remoteName === undefined || uiKind !== vscode.UIKind?.Desktop) return false;
  if (kind !== vscode.ExtensionKind?.Workspace) return false;
  return !isPlaceChosenFor(EXTENSION_ID);
}
