import * as l10n from '@vscode/l10n';
import type { LogFilter, LogPage } from '../../../core/usage/logRow.ts';
import type { CommandParts } from '../commandParts.ts';
import { saveFile } from '../saveFile.ts';
import { withFailureText } from '../withFailureText.ts';

/**
 * Fetches the rows that the logs panel asks for.
 * @throws a sentence.
 */
export async function fetchLogPage(
  { keyService, keyRequests }: CommandParts,
  keyId: string,
  filter: LogFilter,
  signal: AbortSignal,
): Promise<LogPage> {
  const key = keyService.findById(keyId);
  if (!key) throw new Error(l10n.t('There is no key with the ID {0}.', keyId));
  const page = await withFailureText(key, () =>
    keyRequests.run(key, 'logs', async (gateway, context) => gateway.readLogs?.(context, filter), signal),
  );
  if (!page) throw new Error(l10n.t('“{0}” has no request log.', key.label));
  return page;
}

/** Saves log rows that are CSV already. */
export async function saveLogCsv(fileName: string, text: string): Promise<void> {
  await saveFile(fileName, [{ name: 'CSV', extension: 'csv', text: () => text }]);
}
