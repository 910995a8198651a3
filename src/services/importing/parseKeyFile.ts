import { boundedKeys } from './boundedKeys.ts';
import { type FoundKey, UnreadableFileError } from './foundKey.ts';
import { parseCherryStudio } from './parseCherryStudio.ts';
import { parseCodexConfig } from './parseCodex.ts';
import { parseJson } from './parseJson.ts';
import { parseKnownJson } from './parseKnownJson.ts';
import { parseAider } from './parseModelLists.ts';
import { parsePastedText } from './parsePastedText.ts';
import { parseYaml } from './parseYaml.ts';
import { unzipOne } from './unzipOne.ts';

/** The most that is read of a file that is no archive; files with keys are far smaller. */
export const MAX_TEXT_BYTES = 16 * 1024 * 1024;

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const SEALED = /^(?:age-encryption\.org\/|-----BEGIN AGE ENCRYPTED FILE-----|-----BEGIN PGP|Salted__)/;

/** Finds keys in a file by its content; its name is a hint. @throws UnreadableFileError */
export function parseKeyFile(name: string, bytes: Uint8Array): FoundKey[] {
  return boundedKeys(keysIn(name, bytes));
}

function keysIn(name: string, bytes: Uint8Array): FoundKey[] {
  if (ZIP.every((byte, at) => bytes[at] === byte)) {
    const found = parseCherryStudio(parseJson(textOf(unzipOne(bytes, 'data.json'))));
    if (!found) throw new UnreadableFileError('unknown-format');
    return found;
  }
  if (bytes.length > MAX_TEXT_BYTES) throw new UnreadableFileError('too-large');
  return parseKeyText(name, textOf(bytes));
}

function parseKeyText(name: string, text: string): FoundKey[] {
  if (SEALED.test(text)) throw new UnreadableFileError('encrypted');
  if (/^\s*[[{]/.test(text) && !/^[^\S\n]*\[[\w."'-]+\][^\S\n]*$/m.test(text)) {
    const json = parseJson(text);
    if (json === undefined) throw new UnreadableFileError('damaged');
    return parseKnownJson(json);
  }
  if (/\.toml$/i.test(name)) return parseCodexConfig(text);
  if (/\.ya?ml$/i.test(name)) {
    const config = parseYaml(text);
    return parseAider(config) ?? parseKnownJson(config);
  }
  return parsePastedText(text);
}

/** UTF-8, or UTF-16 with its mark. @throws UnreadableFileError for bytes that are no text. */
function textOf(bytes: Uint8Array): string {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  try {
    const text = new TextDecoder(isUtf16 ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8', {
      fatal: true,
    }).decode(bytes);
    if (text.includes('\0')) throw new UnreadableFileError('unknown-format');
    return text;
  } catch {
    throw new UnreadableFileError('unknown-format');
  }
}
