import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { originAndBaseUrl } from '../../../core/input/baseUrl.ts';
import type { HistoryRow } from '../../../core/ports/historyTables.ts';
import type { KeyRecord } from '../../../core/quota/key.ts';
import { isoTime } from '../../../core/time.ts';
import { csvText } from '../../../text/exports/csv.ts';
import { textMember } from '../argumentSchema.ts';
import { defineCommand } from '../command.ts';
import { fileMembers, refuseExistingFile } from '../fileArgument.ts';
import { keyFromIdOrPick } from '../keys/pickKey.ts';
import { displayPath, type FileFormats, saveFile, writeFormat } from '../saveFile.ts';

/**
 * `keyQuota.exportHistory`: saves a key's recorded readings as CSV or JSON, by the file's extension. By argument `{
 * key, file, overwrite }` → `{ file, rows }`.
 */
export const exportHistory = defineCommand({
  palette: 'withKeys',
  menus: [{ menu: 'view/item/context', contextWords: ['key'], group: '2_history@1' }],
  argument: {
    members: { key: textMember, ...fileMembers('.csv', '.json') },
    requiresOneOf: ['key'],
    textMeans: 'key',
    fromLine: { key: 'keyId' },
  },
  run: async (parts, { members }) => {
    await refuseExistingFile(members);
    const key = await keyFromIdOrPick(parts, members.key, l10n.t('Export History'));
    if (!key) return undefined;
    const rows = parts.historyService.rowsOf(key.id);
    const formats: FileFormats = [
      { name: 'CSV', extension: 'csv', text: () => historyCsv(rows) },
      { name: 'JSON', extension: 'json', text: () => historyJson(key, rows) },
    ];
    const file = members.file === undefined ? undefined : vscode.Uri.file(members.file);
    if (file) await writeFormat(file, formats);
    const saved = file ?? (await saveFile(`${key.label}-history.csv`, formats));
    return saved && { file: displayPath(saved), rows: rows.length };
  },
});

function historyCsv(rows: readonly HistoryRow[]): string {
  return csvText(
    ['from', 'to', 'unit', 'remaining', 'used', 'spent'],
    rows.map(({ from, to, unit, remaining, used, spent }) => [
      isoTime(from),
      isoTime(to),
      unit.symbol ?? unit.code,
      remaining,
      used,
      spent,
    ]),
  );
}

function historyJson({ label, kind, baseUrl }: KeyRecord, rows: readonly HistoryRow[]): string {
  const readings = rows.map(({ from, to, unit, remaining, used, spent }) => ({
    from: isoTime(from),
    to: isoTime(to),
    unit,
    remaining,
    used,
    spent,
  }));
  return `${JSON.stringify({ key: { label, kind, ...originAndBaseUrl(baseUrl) }, readings }, null, 2)}\n`;
}
