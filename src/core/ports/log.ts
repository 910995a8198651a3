/** Where engineers look. Every line passes the redactor. */
export interface Log {
  info(line: string): void;
  warn(line: string): void;
  debug(line: string): void;
  show(): void;
}
