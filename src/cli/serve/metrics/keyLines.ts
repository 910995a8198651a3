import { dayOf } from '../../../core/ledger/localDays.ts';
import { familiesOfKeys } from './families.ts';
import type { Measured, MeasuredKey } from './family.ts';
import { writeFamilies } from './writeFamilies.ts';

/** The lines of a key, and the day they were written on, since spend of today changes meaning the next day. */
interface Written {
  readonly on: string;
  readonly lines: readonly string[];
}

const written = new WeakMap<MeasuredKey, Written>();

/** The lines of one key in each family of keys, empty where it has none. Written once for each state of a key. */
export async function keyLines(key: MeasuredKey, measured: Measured): Promise<readonly string[]> {
  const on = `${dayOf(measured.now)} ${measured.monthBegins}`;
  const known = written.get(key);
  if (known?.on === on) return known.lines;
  const text = await writeFamilies(familiesOfKeys, { ...measured, keys: [key] });
  const byName = new Map(text.trimEnd().split('\n\n').map(linesByName));
  const lines = familiesOfKeys.map(({ name }) => byName.get(name) ?? '');
  written.set(key, { on, lines });
  return lines;
}

/** The name of a block, and its lines, each ended, without what is said of the family. */
function linesByName(block: string): readonly [name: string, lines: string] {
  const [, type = '', ...lines] = block.split('\n');
  // Copied, since a substring would keep the whole text in memory.
  return [type.split(' ')[2] ?? '', Buffer.from(`${lines.join('\n')}\n`).toString()];
}
