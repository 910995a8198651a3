import { redactor } from '../http/redact.ts';

/** Without it a spreadsheet on Windows takes UTF-8 for its own old code page, and names garble. */
const BYTE_ORDER_MARK = '\uFEFF';

/** What is written into a file of this name: without secrets, and as the programs that open such files read it. */
export function fileText(name: string, text: string): string {
  const clean = redactor.redact(text);
  return /\.csv$/i.test(name) ? BYTE_ORDER_MARK + clean : clean;
}
