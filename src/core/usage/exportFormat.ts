/** Formats of exported usage reports. */
export const EXPORT_FORMATS = ['csv', 'json', 'markdown'] as const;

/** One of `EXPORT_FORMATS`. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
