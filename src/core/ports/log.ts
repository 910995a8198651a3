import type { Failure } from '../quota/failure.ts';

/** The output channel. Secrets are redacted from every line. */
export interface Log {
  info(line: string): void;
  warn(line: string): void;
  debug(line: string): void;
  show(): void;
  /** How the log words a failure; by its class and reason where this is absent. */
  readonly failureWords?: (failure: Failure) => string;
}
