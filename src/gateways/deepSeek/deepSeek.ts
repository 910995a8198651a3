import { lazyImport } from '../../core/lazyImport.ts';
import { singleCall } from '../singleCall.ts';

/** DeepSeek: https://api-docs.deepseek.com/api/get-user-balance. The answer names its currencies. */
export const deepSeek = singleCall({
  kind: 'deepSeek',
  title: 'DeepSeek',
  hosts: ['api.deepseek.com'],
  tells: 'account',
  chat: {},
  load: () => lazyImport(() => import('./endpoints.ts')),
});
