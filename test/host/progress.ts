/** One line of progress. It goes to stderr, so that stdout stays for results and addresses. */
export function step(text: string): void {
  process.stderr.write(`· ${text}\n`);
}
