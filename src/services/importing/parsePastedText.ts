import { boundedKeys } from './boundedKeys.ts';
import { type FoundKey, UnreadableFileError } from './foundKey.ts';
import { parseCodexConfig } from './parseCodex.ts';
import { parseCurl } from './parseCurl.ts';
import { parseEnvText } from './parseEnvText.ts';
import { parseFreeText } from './parseFreeText.ts';
import { parseJson } from './parseJson.ts';
import { parseKnownJson } from './parseKnownJson.ts';
import { parseLinks } from './parseLinks.ts';

const VARIABLE =
  /^[^\S\n]*(?:export[^\S\n]+|\$env:|setx?[^\S\n]+)?["']?[A-Za-z_][A-Za-z0-9_]*["']?(?:[^\S\n]*=|[^\S\n]+(?=\S+$))/m;
const CURL = /(?:^|[\s;&|(])curl(?:\.exe)?\s/i;

/** Longer texts are no list of keys; the work for each character is small, and a person waits for it. */
const MAX_TEXT_LENGTH = 1_000_000;

/**
 * Finds keys in whatever was copied: JSON, TOML, links, cURL commands, variables, or addresses and keys in any text.
 * @throws UnreadableFileError
 */
export function parsePastedText(pasted: string): FoundKey[] {
  return boundedKeys(keysIn(pasted));
}

/**
 * JSON records on a line each, else what is left of JSON that was cut off: there nobody knows which record an address is of,
 * so that a person has to put it to a key.
 */
function keysOfOtherJson(text: string): FoundKey[] {
  const records = recordsByLine(text);
  if (records) return parseKnownJson(records);
  return parseFreeText(text).map(({ address, ...key }) => ({ ...key, suggestedAddress: address }));
}

function keysIn(pasted: string): FoundKey[] {
  if (pasted.length > MAX_TEXT_LENGTH) throw new UnreadableFileError('too-large');
  const text = pasted
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .trim();
  if (/^[[{]/.test(text)) {
    const json = parseJson(text);
    if (json !== undefined) return parseKnownJson(json);
    if (/^[[{]\s*["{]/.test(text)) return keysOfOtherJson(text);
  }
  if (/^[^\S\n]*\[model_providers\b/m.test(text)) return parseCodexConfig(text);
  const links = parseLinks(text);
  if (links.length > 0) return links;
  if (CURL.test(text)) {
    const commands = parseCurl(text);
    if (commands.length > 0) return commands;
  }
  const variables = VARIABLE.test(text) ? variablesIn(text) : [];
  return variables.length > 0 ? variables : parseFreeText(text);
}

/** What may stand between `KEY=…` and the next variable, or an address, on one line. */
const BETWEEN =
  /(?<![\s;&])[\s;&]+(?=https?:\/\/|(?:(?:export|setx?)[^\S\n]+|\$env:)?[A-Za-z_]\w*[^\S\n]*=)/gi;
const BARE_ADDRESS = /^[^\S\n]*(https?:\/\/\S+)$/gim;

/** Variables, of which people write several on one line, and an address that stands beside the only one without a name. */
function variablesIn(text: string): FoundKey[] {
  const lines = text.split('\n').map(line => {
    const [, head = '', comment = ''] = /^([^#]*)(.*)$/s.exec(line) ?? [];
    return head.replace(BETWEEN, '\n') + comment;
  });
  const [address, ...others] = [...lines.join('\n').matchAll(BARE_ADDRESS)];
  const found = parseEnvText(lines.join('\n'));
  const [key, ...more] = found;
  // An address that is not in the text is what the name of the variable implies.
  const isPaired = key?.address !== undefined && text.includes(key.address);
  const isBoth = address && key && others.length + more.length === 0 && !isPaired;
  return isBoth ? [{ ...key, address: address[1] }] : found;
}

/** Undefined where a line is no JSON by itself. */
function recordsByLine(text: string): readonly unknown[] | undefined {
  const records: unknown[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const record = parseJson(line);
    if (record === undefined) return undefined;
    records.push(record);
  }
  return records;
}
