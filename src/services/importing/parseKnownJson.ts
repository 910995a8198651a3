import type { FoundKey } from './foundKey.ts';
import { parseAllApiHub } from './parseAllApiHub.ts';
import { parseCherryStudio } from './parseCherryStudio.ts';
import { isClineSecrets, parseClineProviders, parseClineSecrets } from './parseCline.ts';
import { parseKeysFile } from './parseKeysFile.ts';
import { parseContinue, parseLiteLlmConfig } from './parseModelLists.ts';
import { parseOpencodeAuth, parseOpencodeConfig } from './parseOpencode.ts';
import { parseRecords } from './parseRecords.ts';
import { parseRooCode } from './parseRooCode.ts';

const FORMS: readonly ((json: unknown) => FoundKey[] | undefined)[] = [
  parseKeysFile,
  parseAllApiHub,
  parseRooCode,
  json => parseClineProviders(json),
  parseCherryStudio,
  parseOpencodeConfig,
  json => parseOpencodeAuth(json),
  parseContinue,
  parseLiteLlmConfig,
  json => (isClineSecrets(json) ? parseClineSecrets(json) : undefined),
];

/** Finds keys in JSON of a program that is known by its form, else in any records with a key. @throws UnreadableFileError */
export function parseKnownJson(json: unknown): FoundKey[] {
  for (const parse of FORMS) {
    const found = parse(json);
    if (found) return found;
  }
  return parseRecords(json);
}
