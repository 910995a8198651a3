import { lazyImport } from '../../core/lazyImport.ts';
import { singleCall } from '../singleCall.ts';

/** AiHubMix: https://docs.aihubmix.com/en/api/Cli. Money is dollars. */
export const aiHubMix = singleCall({
  kind: 'aiHubMix',
  title: 'AiHubMix',
  hosts: ['aihubmix.com'],
  webPages: { console: '/token', topUp: '/topup' },
  tells: 'quota',
  chat: {},
  load: () => lazyImport(() => import('./endpoints.ts')),
});
