import { parseEnv } from 'node:util';
import type { FoundKey } from './foundKey.ts';
import { pairEnvironment } from './pairEnvironment.ts';

/** `$env:NAME = "value"`, `setx NAME value`, `set NAME=value`: other shells' forms of `NAME=value`. */
const OTHER_SHELLS = /^[^\S\n]*(?:\$env:|setx?[^\S\n]+)"?([A-Za-z_]\w*)"?(?:[^\S\n]*=|[^\S\n])[^\S\n]*/gim;

/** Finds keys in a `.env` file, or in commands that set variables; addresses count within this text alone. */
export function parseEnvText(text: string): FoundKey[] {
  const unified = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(OTHER_SHELLS, '$1=');
  return pairEnvironment(parseEnv(unified));
}
