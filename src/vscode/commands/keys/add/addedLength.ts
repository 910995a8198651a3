/** How many characters are new: what is pasted over an address may be shorter than that. */
export function addedLength(typed: string, before: string): number {
  const shorter = Math.min(typed.length, before.length);
  let start = 0;
  while (start < shorter && typed[start] === before[start]) start++;
  let end = 0;
  while (end < shorter - start && typed.at(-1 - end) === before.at(-1 - end)) end++;
  return typed.length - start - end;
}
