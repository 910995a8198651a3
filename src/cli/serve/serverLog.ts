import type { Log } from '../../core/ports/log.ts';
import { printError } from '../output.ts';
import { failureWords } from './failureWords.ts';

/**
 * The log of a server: a redacted line to standard error for each entry, to which a service manager may add its own
 * data.
 */
export function createServerLog(write: (line: string) => void = printError): Log {
  const at = (level: string) => (text: string) =>
    // One entry is one line, whatever a gateway writes into it.
    write(`${new Date().toISOString()} ${level} ${inWords(text).replace(/\s*\n\s*/g, ' ⏎ ')}`);
  return { info: at('info'), warn: at('warn'), debug: () => undefined, show: () => undefined, failureWords };
}

/** Without what an error says for programmers alone: where it was thrown, and that it is one. */
function inWords(text: string): string {
  return text
    .replace(/\n\s+at [^\n]*/g, '')
    .replace(/: Error: /g, ': ')
    .replace(/\bdatabase is locked\b/, 'another program keeps the database locked');
}
