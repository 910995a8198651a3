/** Formats of exported usage reports. */
export const EXPORT_FORMATS = ['csv', 'json', 'markdown'] as const;

/** One of `EXPORT_FORMATS`. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What people call them; names, the same in every language. */
export const FORMAT_NAMES: Readonly<Record<ExportFormat, string>> = {
  csv: 'CSV',
  json: 'JSON',
  markdown: 'Markdown',
};
