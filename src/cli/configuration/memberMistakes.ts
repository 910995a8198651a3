import { visit } from 'jsonc-parser';
import { mistake } from './mistakes.ts';

/**
 * Names every member that a JSON parser would drop in silence: a duplicate, of which only the last would count, and
 * `__proto__`, which becomes no member.
 */
export function memberMistakes(text: string): readonly string[] {
  const found: string[] = [];
  const open: Map<string, number>[] = [];
  visit(text, {
    onObjectBegin: () => void open.push(new Map()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty(name, _offset, _length, line, _column, pathOf) {
      const before = open.at(-1)?.get(name);
      open.at(-1)?.set(name, line);
      if (before !== undefined) found.push(mistake([...pathOf(), name], twiceText(before + 1, line + 1)));
      else if (name === '__proto__') found.push(mistake([...pathOf(), name], 'There is no such member.'));
    },
  });
  return found;
}

function twiceText(first: number, second: number): string {
  const where = first === second ? `line ${first}` : `the lines ${first} and ${second}`;
  return `This stands there twice, in ${where}: only one of both can hold.`;
}
