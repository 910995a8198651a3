/**
 * The addresses of services that have just one. Names are as programs write them (`openrouter`, `OPENROUTER_API_KEY`
 * without its end, `zai-coding-plan`), in lower case, letters and digits alone.
 */
const ADDRESSES: Readonly<Record<string, string>> = {
  openrouter: 'https://openrouter.ai',
  deepseek: 'https://api.deepseek.com',
  siliconflow: 'https://api.siliconflow.cn',
  siliconcloud: 'https://api.siliconflow.cn',
  silicon: 'https://api.siliconflow.cn',
  moonshot: 'https://api.moonshot.cn',
  moonshotai: 'https://api.moonshot.ai',
  moonshotaicn: 'https://api.moonshot.cn',
  zai: 'https://api.z.ai',
  zaicodingplan: 'https://api.z.ai',
  zhipuai: 'https://open.bigmodel.cn',
  zhipu: 'https://open.bigmodel.cn',
  zhipuaicodingplan: 'https://open.bigmodel.cn',
  minimax: 'https://api.minimax.io',
  minimaxcoding: 'https://api.minimax.io',
  minimaxcn: 'https://api.minimaxi.com',
  aigateway: 'https://ai-gateway.vercel.sh',
  vercel: 'https://ai-gateway.vercel.sh',
  vercelaigateway: 'https://ai-gateway.vercel.sh',
  aihubmix: 'https://aihubmix.com',
  kimi: 'https://api.kimi.com',
  kimicode: 'https://api.kimi.com',
  kimiforcoding: 'https://api.kimi.com',
  cometapi: 'https://api.cometapi.com',
  comet: 'https://api.cometapi.com',
  openai: 'https://api.openai.com',
  openainative: 'https://api.openai.com',
  openaiadmin: 'https://api.openai.com',
  anthropic: 'https://api.anthropic.com',
  anthropicadmin: 'https://api.anthropic.com',
  gemini: 'https://generativelanguage.googleapis.com',
  google: 'https://generativelanguage.googleapis.com',
  xai: 'https://api.x.ai',
};

/** The address of a service by its name; undefined for a name that is unknown or that several services have. */
export function addressOfVendor(name: string): string | undefined {
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  return Object.hasOwn(ADDRESSES, plain) ? ADDRESSES[plain] : undefined;
}

/** The companies that make models: their keys tell nothing, but an administrator's may. */
const MODEL_VENDORS: ReadonlySet<string> = new Set([
  'api.openai.com',
  'api.anthropic.com',
  'generativelanguage.googleapis.com',
  'api.x.ai',
]);

/** Whether nothing can be asked at the vendor's own address, except by an administrator. */
export function tellsNothing(hostname: string, isAdminKey: boolean): boolean {
  return MODEL_VENDORS.has(hostname) && !isAdminKey;
}

/** Types of sites, as other programs name them, that speak as New API does. */
const NEW_API_FAMILY =
  /^(?:one-api|new-?api|veloera|one-hub|done-hub|v-api|voapi|voapi-v2|super-api|rix-api|neo-api)$/i;

/** The kind that a type of site is; undefined where its address has to tell. */
export function kindOfSiteType(siteType: string): string | undefined {
  return NEW_API_FAMILY.test(siteType) ? 'newApi' : undefined;
}
