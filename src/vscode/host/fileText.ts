import { redactor } from '../../redaction/redactor.ts';

/** Without a byte order mark, spreadsheets on Windows read UTF-8 in an old code page. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * The text as it is written into a file of this kind: redacted, and in the encoding that programs for such files
 * expect.
 */
export function fileText(ending: string, text: string): string {
  const clean = (ending === 'json' ? cleanJson(text) : undefined) ?? redactor.redact(text);
  return ending === 'csv' ? BYTE_ORDER_MARK + clean : clean;
}

/** The extension of a file name, in lower case and without the dot; empty when it has none. */
export function extensionOf(path: string): string {
  return /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
}

/** Redacts JSON as data, so that numbers stay numbers and the JSON stays valid. undefined: the text is not JSON. */
function cleanJson(text: string): string | undefined {
  try {
    return `${JSON.stringify(redactor.redactValue(JSON.parse(text)), null, 2)}\n`;
  } catch {
    return undefined;
  }
}
