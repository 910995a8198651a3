import { redactor } from '../redaction/redactor.ts';
import { exitCodes } from './exitCodes.ts';
import { systemErrorText } from './systemError.ts';

/** Writes to standard output, without secrets. The only way there, beside the protocol of `mcp`. */
export function print(text: string): void {
  endQuietly(process.stdout);
  process.stdout.write(`${redactor.redact(text)}\n`);
}

/** Writes to standard error, without secrets: what went wrong, and the log of a server. */
export function printError(text: string): void {
  endQuietly(process.stderr);
  process.stderr.write(`${redactor.redact(text)}\n`);
}

/** For a library that writes to standard output itself, as that of `mcp` does. */
export function endQuietlyWithReader(): void {
  endQuietly(process.stdout);
}

const watched = new WeakSet<NodeJS.WriteStream>();

/** A reader that has read enough (`| head -1`) closes the pipe, which must not count as an error or a low key. */
function endQuietly(stream: NodeJS.WriteStream): void {
  if (watched.has(stream)) return;
  watched.add(stream);
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    process.exitCode = exitCodes.unavailable;
    if (stream === process.stdout)
      printError(`Standard output could not be written: ${systemErrorText(error)}.`);
  });
}
