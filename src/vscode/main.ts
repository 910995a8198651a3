import type * as vscode from 'vscode';
import { lazyImport } from '../core/lazyImport.ts';
import type { Store } from '../core/ports/store.ts';
import type { KeyState } from '../core/quota/keyState.ts';
import { SECOND_MS } from '../core/time.ts';
import { settleWithin } from '../services/deadline.ts';
import { storedSnapshot } from '../services/polling/storedSnapshot.ts';
import { systemClock } from '../services/systemClock.ts';
import { loadHistoryTables } from '../store/loadHistoryTables.ts';
import { SqliteStore } from '../store/store.ts';
import { setDisplayLanguage } from '../text/displayLanguage.ts';
import { setFiguresHidden } from '../text/hiddenFigures.ts';
import { unpackTexts } from '../text/packedTexts.ts';
import { applyDescriptions } from './host/describedSettings.ts';
import { packedTexts } from './host/packedTexts.ts';
import { onSettingsChange, readFiguresHidden, readSettings } from './host/settings.ts';
import { textLanguage } from './host/textLanguage.ts';
import type { Main } from './mainCalls.ts';
import type { MainParts } from './mainParts.ts';
import { Views } from './views/views.ts';

type Publish = (keys: readonly KeyState[]) => void;

/** How long the first figures wait for a locked database; polling waits again later. */
const LOCK_TIMEOUT_MS = SECOND_MS;
/** How long polling waits for the first figures to be on screen. */
const ON_SCREEN_DEADLINE_MS = SECOND_MS;

/** Shows the stored figures, then loads and starts everything else. */
export async function startMain(context: vscode.ExtensionContext, publish: Publish): Promise<Main> {
  setDisplayLanguage(textLanguage(), unpackTexts(packedTexts(context.extensionUri)));
  applyDescriptions();
  const hideFigures = () => setFiguresHidden(readFiguresHidden());
  hideFigures();
  // Registered before all other listeners for settings, which draw again and need the new value.
  context.subscriptions.push(onSettingsChange(hideFigures));
  const clock = systemClock;
  let parts: MainParts | undefined;
  const store = await SqliteStore.start(context.globalStorageUri.fsPath, clock.now, trouble => {
    void lazyImport(() => import('./notifications/showStoreTrouble.ts')).then(({ showStoreTrouble }) =>
      showStoreTrouble(trouble),
    );
    parts?.orphanedSecretCheck.adoptAll();
  });
  const views = new Views(clock);
  context.subscriptions.push(views);
  await renderStored(store, views, publish);

  const [{ createMain }] = await Promise.all([
    lazyImport(() => import('./mainCalls.ts')),
    loadHistoryTables(),
  ]);
  const created = createMain({ context, store, clock, views, publish });
  parts = created.parts;
  await parts.start();
  return created.main;
}

async function renderStored(store: Store, views: Views, publish: Publish): Promise<void> {
  try {
    const keys = await store.retryWhileLocked(
      () => storedSnapshot(store, readSettings(), systemClock.now()),
      LOCK_TIMEOUT_MS,
    );
    views.renderViews(keys);
    publish(keys);
    // Polling starts after that, so that it does not delay the first figures.
    await settleWithin(() => views.onScreen, ON_SCREEN_DEADLINE_MS);
  } catch {
    // The first poll shows the figures instead.
  }
}
