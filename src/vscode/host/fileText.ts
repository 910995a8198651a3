import { redactor } from '../../redaction/redactor.ts';

/** Without it a spreadsheet on Windows takes UTF-8 for its own old code page, and names garble. */
const BYTE_ORDER_MARK = '\uFEFF';

/** What is written into a file of this kind: without secrets, and as the programs that open such files read it. */
export function fileText(ending: string, text: string): string {
  const clean = (ending === 'json' ? cleanJson(text) : undefined) ?? redactor.redact(text);
  return ending === 'csv' ? BYTE_ORDER_MARK + clean : clean;
}

/** What the name of a file ends in, in small letters and without the dot; empty when it has no ending. */
export function endingOf(path: string): string {
  return /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
}

/** Cleaned as data: whatever a secret is like, figures stay numbers and the file can be read. undefined: it is none. */
function cleanJson(text: string): string | undefined {
  try {
    return `${JSON.stringify(redactor.redactValue(JSON.parse(text)), null, 2)}\n`;
  } catch {
    return undefined;
  }
}
