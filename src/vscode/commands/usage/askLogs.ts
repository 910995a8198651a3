import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { LogFilter, LogPage } from '../../../core/usage/logRow.ts';
import { showInformation } from '../../host/messages.ts';
import { saveText } from '../../host/saveText.ts';
import type { CommandParts } from '../commandParts.ts';
import { savePlace } from '../saveLocation.ts';
import { asSentence } from '../sentence.ts';

/** Answers a question of the logs panel. Throws a sentence. */
export async function askLogPage(
  { keyService, keyRequests }: CommandParts,
  keyId: string,
  filter: LogFilter,
  signal: AbortSignal,
): Promise<LogPage> {
  const key = keyService.findById(keyId);
  if (!key) throw new Error(l10n.t('There is no key with the id {0}.', keyId));
  const page = await asSentence(key, () =>
    keyRequests.run(key, 'logs', async (gateway, visit) => gateway.readLogs?.(visit, filter), signal),
  );
  if (!page) throw new Error(l10n.t('“{0}” has no log.', key.label));
  return page;
}

/** Asks for a place and writes a CSV file there. */
export async function saveCsv(fileName: string, text: string): Promise<void> {
  const target = await vscode.window.showSaveDialog({
    defaultUri: savePlace(fileName),
    filters: { CSV: ['csv'] },
  });
  if (!target) return;
  await saveText(target, text);
  void showInformation(l10n.t('Saved as {0}', target.fsPath));
}
