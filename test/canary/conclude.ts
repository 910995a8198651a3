import { type Search, searchedText } from './search.ts';

/** Prints what was searched. Throws when a secret was found. */
export function conclude({ result }: Search): void {
  process.stdout.write(`\n  ${searchedText(result)}\n`);
  if (result.found.length > 0) throw new Error('marked secrets were found where they must not be');
}
