import { addressOfVendor } from '../../gateways/vendorAddresses.ts';
import { boundedKeys } from './boundedKeys.ts';
import { type FoundKey, UnreadableFileError } from './foundKey.ts';
import { firstText, membersAt } from './jsonMembers.ts';
import { pairEnvironment } from './pairEnvironment.ts';
import { type CcSwitchRow, parseCcSwitch } from './parseCcSwitch.ts';
import { parseClineProviders, parseClineSecrets } from './parseCline.ts';
import { addressInCodexConfig, parseCodexAuth, parseCodexConfig } from './parseCodex.ts';
import { parseJson } from './parseJson.ts';
import { parseOpencodeAuth, parseOpencodeConfig } from './parseOpencode.ts';
import type { PlaceOnMachine } from './placesOnMachine.ts';

export interface PlaceReader {
  /** A file's text; undefined where there is none. @throws UnreadableFileError */
  readonly readText: (path: string) => Promise<string | undefined>;
  /** The rows of CC Switch's table `providers`, read from a copy. @throws UnreadableFileError */
  readonly readCcSwitch: (path: string) => Promise<readonly CcSwitchRow[]>;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Reads the keys of one place. @throws UnreadableFileError for a file that is damaged or of another form. */
export async function readPlace(place: PlaceOnMachine, reader: PlaceReader): Promise<readonly FoundKey[]> {
  return boundedKeys(await keysIn(place, reader));
}

async function keysIn(place: PlaceOnMachine, reader: PlaceReader): Promise<FoundKey[]> {
  // Variables of unrelated programs stand beside each other there, so an address beside a key is only a suggestion.
  if (place.id === 'environment') return pairEnvironment(reader.environment, 'suggestedAddress');
  if (place.id === 'ccSwitch') return parseCcSwitch(await reader.readCcSwitch(place.files[0] ?? ''));
  const texts = await Promise.all(place.files.map(path => reader.readText(path)));
  switch (place.id) {
    case 'claudeCode':
      return texts.flatMap(text => keysOfClaudeCode(jsonOf(text)));
    case 'codex':
      return keysOfCodex(texts[0] ?? '', texts[1] ?? '');
    case 'opencode':
      return keysOfOpencode(jsonOf(texts[0]) ?? jsonOf(texts[1]), jsonOf(texts[2]));
    case 'cline':
      return [
        ...(parseClineProviders(jsonOf(texts[0])) ?? []),
        ...(parseClineSecrets(jsonOf(texts[2]), jsonOf(texts[1])) ?? []),
      ];
  }
}

/** The variables that a settings file sets; `apiKeyHelper` is a program, which is not run. */
function keysOfClaudeCode(settings: unknown): FoundKey[] {
  const env = membersAt(settings, 'env');
  const secret = firstText(env, 'ANTHROPIC_AUTH_TOKEN', 'ANTHROPIC_API_KEY');
  if (secret === undefined) return [];
  return [{ secret, address: firstText(env, 'ANTHROPIC_BASE_URL') ?? addressOfVendor('anthropic') }];
}

function keysOfCodex(config: string, auth: string): FoundKey[] {
  return [...parseCodexConfig(config), ...parseCodexAuth(auth, addressInCodexConfig(config))];
}

function keysOfOpencode(config: unknown, auth: unknown): FoundKey[] {
  return [...(parseOpencodeConfig(config) ?? []), ...(parseOpencodeAuth(auth, config) ?? [])];
}

/** @throws UnreadableFileError for a text that is no JSON. */
function jsonOf(text: string | undefined): unknown {
  if (text === undefined || text.trim() === '') return undefined;
  const json = parseJson(text);
  if (json === undefined) throw new UnreadableFileError('damaged');
  return json;
}
