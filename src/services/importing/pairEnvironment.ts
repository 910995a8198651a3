import { addressOfVendor } from '../../gateways/vendorAddresses.ts';
import type { FoundKey } from './foundKey.ts';

/** `OPENAI_API_KEY`, `ANTHROPIC_AUTH_TOKEN`, `RELAY_KEY`, `API_KEY`. */
const KEY_NAME =
  /^(?:(.*?)_)??(?:PROXY_)?(?:API_?KEY|AUTH_TOKEN|ACCESS_TOKEN|API_TOKEN|MASTER_KEY|MANAGEMENT_API_KEY|ADMIN_KEY|SECRET_KEY|TOKEN|KEY)$/;
/** `OPENAI_BASE_URL`, `OPENAI_API_BASE`, `GOOGLE_GEMINI_BASE_URL`, `BASE_URL`. */
const ADDRESS_NAME =
  /^(?:GOOGLE_(?=GEMINI))?(?:(.*?)_)??(?:PROXY_)?(?:API_BASE_URL|API_BASE|BASE_URL|BASEURL|API_URL|API_HOST|ENDPOINT|HOST|URL)$/;
const IS_ADDRESS = /^(?:https?:\/\/|[\w-]+(?:\.[\w-]+)+(?:[:/]|$)|localhost\b)/i;
/** Names whose values are no keys for gateways, though they end like one. */
const OTHER_TOKENS =
  /(?:^|_)(?:GITHUB|GH|GITLAB|NPM|AWS|SSH|GPG|CI|SLACK|DISCORD|TELEGRAM|HF|SENTRY|SESSION|REFRESH|CSRF|JWT|PUBLIC)(?:_|$)/;

/** Whether a name is that of a variable for keys, such as `OPENAI_API_KEY`, and so no name for a key itself. */
export function isKeyVariable(name: string): boolean {
  return KEY_NAME.test(name.toUpperCase());
}

interface Variable {
  readonly name: string;
  /** The part before `API_KEY`, `BASE_URL` and the like; empty for `API_KEY` alone. */
  readonly stem: string;
  readonly value: string;
}

/**
 * Finds keys among variables of one file, of one command or of the environment, with the addresses that belong to them:
 * by the same name before the end (`RELAY_API_KEY`, `RELAY_BASE_URL`), else by the service that the name means, else
 * the only address beside the only key that has none.
 *
 * @param unnamed How an address is given to a key where no name says that they belong together.
 */
export function pairEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
  unnamed: 'address' | 'suggestedAddress' = 'address',
): FoundKey[] {
  const keys: Variable[] = [];
  const addresses: Variable[] = [];
  for (const [name, text] of Object.entries(variables)) {
    const value = text?.trim();
    if (!value) continue;
    const upper = name.toUpperCase();
    const address = ADDRESS_NAME.exec(upper);
    if (address && IS_ADDRESS.test(value)) addresses.push({ name, stem: address[1] ?? '', value });
    const key = KEY_NAME.exec(upper);
    if (key && !OTHER_TOKENS.test(upper) && !IS_ADDRESS.test(value))
      keys.push({ name, stem: key[1] ?? '', value });
  }
  const byStem = new Map(addresses.toReversed().map(({ stem, value }) => [stem, value]));
  const paired = keys.map(key => ({ key, address: byStem.get(key.stem) }));
  const spare = spareAddress(paired, addresses);
  return paired.map(({ key, address }) => {
    // The name `KEY` alone says nothing about the key.
    const found = { secret: key.value, ...(key.stem !== '' && { name: key.name }) };
    const named = (key.stem === '' ? undefined : address) ?? vendorAddress(key);
    return named === undefined ? { ...found, [unnamed]: address ?? spare } : { ...found, address: named };
  });
}

/**
 * The address of the service that a name means. `ANTHROPIC_AUTH_TOKEN` means none: it is for gateways, while
 * Anthropic's own keys are in another variable.
 */
function vendorAddress({ name, stem }: Variable): string | undefined {
  return name.toUpperCase() === 'ANTHROPIC_AUTH_TOKEN' ? undefined : addressOfVendor(stem);
}

/** The only address without a key, where just one key has no address. */
function spareAddress(
  paired: readonly { readonly key: Variable; readonly address: string | undefined }[],
  addresses: readonly Variable[],
): string | undefined {
  const without = paired.filter(({ key, address }) => address === undefined && !vendorAddress(key));
  const stems = new Set(paired.map(({ key }) => key.stem));
  const left = addresses.filter(({ stem }) => !stems.has(stem));
  return without.length === 1 && left.length === 1 ? left[0]?.value : undefined;
}
