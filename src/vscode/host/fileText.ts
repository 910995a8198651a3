import { redactor } from '../../redaction/redactor.ts';

/** Without it a spreadsheet on Windows takes UTF-8 for its own old code page, and names garble. */
const BYTE_ORDER_MARK = '\uFEFF';

/** What is written into a file of this name: without secrets, and as the programs that open such files read it. */
export function fileText(name: string, text: string): string {
  const clean = (/\.json$/i.test(name) ? cleanJson(text) : undefined) ?? redactor.redact(text);
  return /\.csv$/i.test(name) ? BYTE_ORDER_MARK + clean : clean;
}

/** Cleaned as data: whatever a secret is like, figures stay numbers and the file can be read. undefined: it is none. */
function cleanJson(text: string): string | undefined {
  try {
    return `${JSON.stringify(redactor.clean(JSON.parse(text)), null, 2)}\n`;
  } catch {
    return undefined;
  }
}
