/** The label, with a number after it where another key is called so already. */
export function uniqueLabel(label: string, taken: ReadonlySet<string>): string {
  if (!taken.has(label)) return label;
  for (let number = 2; ; number++) {
    const numbered = `${label} (${number})`;
    if (!taken.has(numbered)) return numbered;
  }
}
