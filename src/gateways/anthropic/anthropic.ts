import { lazyImport } from '../../core/lazyImport.ts';
import { adminKey } from '../adminKey.ts';

/** Anthropic: https://docs.claude.com/en/api/usage-cost-api. An admin key is told spend; nothing tells a balance. */
export const anthropic = adminKey({
  kind: 'anthropic',
  title: 'Anthropic',
  hosts: ['api.anthropic.com'],
  form: /^sk-ant-admin/,
  load: () => lazyImport(() => import('./endpoints.ts')),
});
