import { lazyImport } from '../../core/lazyImport.ts';
import { adminKey } from '../adminKey.ts';

/** OpenAI: https://platform.openai.com/docs/api-reference/usage. An admin key is told spend; nothing tells a balance. */
export const openAi = adminKey({
  kind: 'openAi',
  title: 'OpenAI',
  hosts: ['api.openai.com'],
  form: /^sk-admin-/,
  load: () => lazyImport(() => import('./endpoints.ts')),
});
