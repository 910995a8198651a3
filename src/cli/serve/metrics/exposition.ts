import { Registry } from 'prom-client';
import { familiesOfKeys, familiesOfServer } from './families.ts';
import type { Measured } from './family.ts';
import { keyLines } from './keyLines.ts';
import { writeFamilies } from './writeFamilies.ts';

/** The media type of what Prometheus scrapes. */
export const EXPOSITION_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/** All metrics as Prometheus reads them, in parts. Only keys that have changed since the last time are written again. */
export async function exposition(measured: Measured): Promise<readonly string[]> {
  const linesOfKeys = familiesOfKeys.map((): string[] => []);
  for (const key of measured.keys) {
    const lines = await keyLines(key, measured);
    for (const [index, each] of lines.entries()) if (each !== '') linesOfKeys[index]?.push(each);
  }
  const ofKeys = familiesOfKeys.flatMap(({ name, help }, index) => {
    const lines = linesOfKeys[index] ?? [];
    if (lines.length === 0) return [];
    return [`# HELP ${name} ${help}\n# TYPE ${name} gauge\n`, ...lines, '\n'];
  });
  return [...ofKeys, await writeFamilies(familiesOfServer, measured)];
}
