import * as l10n from '@vscode/l10n';
import { type ExportFormat, FORMAT_NAMES } from '../../../core/usage/exportFormat.ts';
import { flawOf } from '../../../core/usage/headline.ts';
import { localDay } from '../../../core/usage/range.ts';
import type { UsageReport } from '../../../core/usage/usageReport.ts';
import { reportsCsv } from '../../../text/exports/reportCsv.ts';
import { reportsJson } from '../../../text/exports/reportJson.ts';
import { reportsMarkdown } from '../../../text/exports/reportMarkdown.ts';
import { flawedFileName } from '../../../text/usageHeadline.ts';
import { saveFile } from '../saveFile.ts';

const FORMATS = {
  csv: { extension: 'csv', write: reportsCsv },
  json: { extension: 'json', write: reportsJson },
  markdown: {
    extension: 'md',
    write: (reports: readonly UsageReport[]) => reportsMarkdown(l10n.t('Usage'), reports),
  },
} as const satisfies Readonly<Record<ExportFormat, object>>;

/** Asks where to save reports and writes them in a format. */
export async function exportReports(reports: readonly UsageReport[], format: ExportFormat): Promise<void> {
  const { extension, write } = FORMATS[format];
  const first = reports[0];
  const days = first ? [localDay(Date.parse(first.from)), localDay(Date.parse(first.to))] : [];
  const fileName = flawedFileName(`${['usage', ...days].join('-')}.${extension}`, flawOf(reports));
  await saveFile(fileName, [{ name: FORMAT_NAMES[format], extension, text: () => write(reports) }]);
}
