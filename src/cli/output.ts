import { redactor } from '../redaction/redactor.ts';

/** Writes to standard output, without secrets. The only way there, beside the protocol of `mcp`. */
export function print(text: string): void {
  process.stdout.write(`${redactor.redact(text)}\n`);
}

/** Writes to standard error, without secrets: what went wrong, and the log of a server. */
export function printError(text: string): void {
  process.stderr.write(`${redactor.redact(text)}\n`);
}
