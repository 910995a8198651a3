import * as vscode from 'vscode';
import { loadLate } from '../core/loadLate.ts';
import type { KeyState } from '../core/quota/keyState.ts';
import { storedSnapshot } from '../services/polling/storedSnapshot.ts';
import { systemClock } from '../services/systemClock.ts';
import { SqliteStore } from '../store/store.ts';
import { setLanguage } from '../text/translate.ts';
import type { App } from './app.ts';
import { ifAvailable } from './host/optionalApi.ts';
import { readSettings } from './host/settings.ts';
import { textLanguage } from './host/textLanguage.ts';
import { Views } from './views/views.ts';

/** Who keeps the database locked is waited for again below, with everything else on screen. */
const SOON_MS = 1000;

/** Shows what is known already, and only then loads and starts what asks for more. */
export async function startApp(
  context: vscode.ExtensionContext,
  publish: (keys: readonly KeyState[]) => void,
): Promise<App> {
  setLanguage(textLanguage(), message => vscode.l10n.t(message));
  const clock = systemClock;
  let onTrouble = () => undefined as unknown;
  const store = await SqliteStore.start(context.globalStorageUri.fsPath, clock.now, trouble => {
    void loadLate(() => import('./notifications/showStoreTrouble.ts')).then(
      ({ showStoreTrouble: sayStoreTrouble }) => sayStoreTrouble(trouble),
    );
    onTrouble();
  });
  const views = new Views(clock);
  try {
    const keys = await store.retryWhileLocked(
      () => storedSnapshot(store, readSettings(), clock.now()),
      SOON_MS,
    );
    views.render(keys);
    publish(keys);
  } catch {
    // Then they come on screen with the first look of what is started now.
  }

  const { startEngine } = await loadLate(() => import('./engine.ts'));
  const { rebuild, openLink, ...app } = await startEngine({ context, store, clock, views, publish });
  onTrouble = rebuild;
  // Links wait for whoever takes them; commands and tools do not (`extension.ts`).
  context.subscriptions.push(
    ifAvailable('window.registerUriHandler', () => vscode.window.registerUriHandler({ handleUri: openLink })),
  );
  return app;
}
