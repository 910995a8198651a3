import { lazyImport } from '../../core/lazyImport.ts';
import { singleCall } from '../singleCall.ts';

/** claude-code-hub: https://github.com/ding113/claude-code-hub. Money is dollars, days are the server's. */
export const claudeCodeHub = singleCall({
  kind: 'claudeCodeHub',
  title: 'claude-code-hub',
  hosts: [],
  webPages: { console: '/my-usage' },
  // A page of Sub2API's, as this software answers an unknown path.
  probe: {
    path: '/api/v1/settings/public',
    recognizes: async ({ status, headers, text }) =>
      status === 404 && headers.has('x-api-version') && text === '404 Not Found',
  },
  tells: 'quota',
  chat: { way: 'byModel' },
  tellsRange: true,
  load: () => lazyImport(() => import('./endpoints.ts')),
});
