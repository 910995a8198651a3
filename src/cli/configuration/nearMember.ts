import { configurationSchema } from './schema.ts';

/** As much of a schema as leads to the names of its members. */
interface Walkable {
  readonly entries?: Readonly<Record<string, Walkable>>;
  readonly wrapped?: Walkable;
  readonly item?: Walkable;
  readonly value?: Walkable;
}

/** With more different characters than this it is another word. */
const MAX_SLIPS = 2;

/** The member of the same object that is meant by one that there is none of, if one is close; the last name is that one. */
export function nearMember(names: readonly unknown[]): string | undefined {
  let at: Walkable | undefined = configurationSchema as Walkable;
  for (const name of names.slice(0, -1)) {
    const { entries, item, value } = unwrapped(at);
    at = typeof name === 'number' ? item : (entries?.[String(name)] ?? value);
  }
  const written = String(names.at(-1)).toLowerCase();
  const found = Object.keys(unwrapped(at).entries ?? {}).map(
    name => [name, slipsBetween(written, name.toLowerCase())] as const,
  );
  const [nearest] = found.toSorted(([, a], [, b]) => a - b);
  return nearest && nearest[1] <= Math.min(MAX_SLIPS, written.length / 2) ? nearest[0] : undefined;
}

function unwrapped(schema: Walkable | undefined): Walkable {
  let at = schema ?? {};
  while (at.wrapped) at = at.wrapped;
  return at;
}

/** How many characters are inserted, removed or replaced between two words. */
function slipsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [index, character] of [...a].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...b].entries())
      next.push(
        Math.min(
          (row[column + 1] ?? 0) + 1,
          (next[column] ?? 0) + 1,
          (row[column] ?? 0) + (character === other ? 0 : 1),
        ),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}
