import type { FoundKey } from './foundKey.ts';
import { parseCodexConfig } from './parseCodex.ts';
import { parseCurl } from './parseCurl.ts';
import { parseEnvText } from './parseEnvText.ts';
import { parseFreeText } from './parseFreeText.ts';
import { parseJson } from './parseJson.ts';
import { parseKnownJson } from './parseKnownJson.ts';
import { parseLinks } from './parseLinks.ts';

const VARIABLE = /^\s*(?:export\s+|\$env:|setx?\s+)?["']?[A-Za-z_][A-Za-z0-9_]*["']?\s*(?:=|\s+(?=\S+$))/m;
const CURL = /(?:^|[\s;&|(])curl(?:\.exe)?\s/i;

/** Finds keys in whatever was copied: JSON, TOML, links, cURL commands, variables, or addresses and keys in any text. */
export function parsePastedText(pasted: string): FoundKey[] {
  const text = pasted
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .trim();
  if (/^[[{]/.test(text)) {
    const json = parseJson(text);
    if (json !== undefined) return parseKnownJson(json);
  }
  if (/^\s*\[model_providers\b/m.test(text)) return parseCodexConfig(text);
  const links = parseLinks(text);
  if (links.length > 0) return links;
  if (CURL.test(text)) {
    const commands = parseCurl(text);
    if (commands.length > 0) return commands;
  }
  const variables = VARIABLE.test(text) ? parseEnvText(text) : [];
  return variables.length > 0 ? variables : parseFreeText(text);
}
