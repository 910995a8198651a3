import type { Log } from '../../core/ports/log.ts';
import { printError } from '../output.ts';

/**
 * The log of a server: a redacted line to standard error for each entry, to which a service manager may add its own
 * data.
 */
export function createServerLog(write: (line: string) => void = printError): Log {
  const at = (level: string) => (text: string) =>
    // One entry is one line, whatever a gateway writes into it.
    write(`${new Date().toISOString()} ${level} ${text.replace(/\s*\n\s*/g, ' ⏎ ')}`);
  return { info: at('info'), warn: at('warn'), debug: () => undefined, show: () => undefined };
}
