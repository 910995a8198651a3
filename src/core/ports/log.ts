/** The output channel. Secrets are redacted from every line. */
export interface Log {
  info(line: string): void;
  warn(line: string): void;
  debug(line: string): void;
  show(): void;
}
