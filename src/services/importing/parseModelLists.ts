import { addressOfVendor } from '../../gateways/vendorAddresses.ts';
import type { FoundKey } from './foundKey.ts';
import { firstText, listAt, type Members, membersAt } from './jsonMembers.ts';
import { pairEnvironment } from './pairEnvironment.ts';

/** Finds keys in Continue's `config.yaml` or `config.json`. Undefined for another form. */
export function parseContinue(config: unknown): FoundKey[] | undefined {
  const models = listAt(config, 'models').map(model => membersAt(model));
  if (!models.some(model => 'provider' in model)) return undefined;
  return models.flatMap(model => {
    const secret = firstText(model, 'apiKey');
    if (secret === undefined) return [];
    const provider = firstText(model, 'provider') ?? '';
    const address = firstText(model, 'apiBase') ?? addressOfVendor(provider);
    return [{ secret, address, name: firstText(model, 'name', 'title') ?? provider }];
  });
}

/** Finds the keys of the services behind a LiteLLM proxy in its `config.yaml`. Undefined for another form. */
export function parseLiteLlmConfig(config: unknown): FoundKey[] | undefined {
  const models = listAt(config, 'model_list').map(model => membersAt(model));
  if (models.length === 0) return undefined;
  const ofModels = models.flatMap(model => {
    const params = membersAt(model, 'litellm_params');
    const secret = firstText(params, 'api_key');
    if (secret === undefined) return [];
    const provider = firstText(params, 'model')?.split('/')[0] ?? '';
    const address = firstText(params, 'api_base') ?? addressOfVendor(provider);
    return [{ secret, address, name: firstText(model, 'model_name') }];
  });
  return [...ofModels, ...pairEnvironment(texts(membersAt(config, 'environment_variables')))];
}

/** Finds keys in `.aider.conf.yml`. Undefined for another form. */
export function parseAider(config: unknown): FoundKey[] | undefined {
  const members = membersAt(config);
  const listed = Object.fromEntries(
    textsOf(members['api-key']).map(text => {
      const [provider = '', ...rest] = text.split('=');
      return [`${provider.toUpperCase()}_API_KEY`, rest.join('=')];
    }),
  );
  const set = Object.fromEntries(
    textsOf(members['set-env']).map(text => {
      const [name = '', ...rest] = text.split('=');
      return [name, rest.join('=')];
    }),
  );
  const own = Object.fromEntries(
    Object.entries(texts(members))
      .filter(([name]) => /^(?:openai|anthropic)-api-(?:key|base)$/.test(name))
      .map(([name, value]) => [name.toUpperCase().replaceAll('-', '_'), value]),
  );
  const found = pairEnvironment({ ...listed, ...set, ...own });
  return found.length > 0 ? found : undefined;
}

function texts(members: Members): Record<string, string> {
  return Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** A text, or a list of texts. */
function textsOf(value: unknown): readonly string[] {
  return [value].flat().filter((item): item is string => typeof item === 'string');
}
