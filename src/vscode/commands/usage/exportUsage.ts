import * as l10n from '@vscode/l10n';
import type { ExportedPart, UsageExport } from '../../../core/panels/usageExport.ts';
import { type ExportFormat, FORMAT_NAMES } from '../../../core/usage/exportFormat.ts';
import { flawOf } from '../../../core/usage/headline.ts';
import { localDay } from '../../../core/usage/range.ts';
import { reportsCsv } from '../../../text/exports/reportCsv.ts';
import { reportsJson } from '../../../text/exports/reportJson.ts';
import { reportsMarkdown } from '../../../text/exports/reportMarkdown.ts';
import { flawedFileName } from '../../../text/usageHeadline.ts';
import { saveFile } from '../saveFile.ts';

const FORMATS = {
  csv: { extension: 'csv', write: ({ reports, part }: UsageExport) => reportsCsv(reports, part) },
  json: { extension: 'json', write: ({ reports, part }: UsageExport) => reportsJson(reports, part) },
  markdown: {
    extension: 'md',
    write: ({ reports, part }: UsageExport) => reportsMarkdown(l10n.t('Usage'), reports, part),
  },
} as const satisfies Readonly<Record<ExportFormat, object>>;

/** Asks where to save what the usage panel shows, and writes it in a format. */
export async function exportUsage(exported: UsageExport, format: ExportFormat): Promise<void> {
  const { extension, write } = FORMATS[format];
  const { reports, part } = exported;
  const first = reports[0];
  const days = first ? [localDay(Date.parse(first.from)), localDay(Date.parse(first.to))] : [];
  const words = ['usage', ...days, ...partWords(part)];
  const fileName = flawedFileName(`${words.join('-')}.${extension}`, flawOf(reports));
  await saveFile(fileName, [{ name: FORMAT_NAMES[format], extension, text: () => write(exported) }]);
}

/**
 * The words of a file name for a part of all spend. Names of keys and models are left out: they may hold characters
 * that file names cannot.
 */
function partWords(part: ExportedPart | undefined): string[] {
  if (!part) return [];
  return part.keys && part.model === undefined ? [`${part.keys.shown}-of-${part.keys.all}-keys`] : ['part'];
}
