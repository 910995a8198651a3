import { lazyImport } from '../../core/lazyImport.ts';
import { singleCall } from '../singleCall.ts';
import { isObject, parseJson } from '../wireJson.ts';

/** Claude Relay Service: https://github.com/Wei-Shaw/claude-relay-service. Money is dollars, days are the server's. */
export const claudeRelay = singleCall({
  kind: 'claudeRelay',
  title: 'Claude Relay Service',
  hosts: [],
  webPages: { console: '/admin-next/api-stats' },
  // Each kind of client is sent to a path of its own.
  ownPaths: 'v1 api apistats claude gemini openai droid azure admin admin-next web health'.split(' '),
  form: /^cr_/,
  probe: {
    path: '/health',
    recognizes: async ({ text = '' }) => {
      const json = parseJson(text);
      return isObject(json) && json.service === 'claude-relay-service';
    },
    // Its answer to an unknown path.
    isLikelyAfter: ({ status, text = '' }) => status === 404 && text.includes('"message":"Route /'),
  },
  tells: 'quota',
  chat: { way: 'messages', prefix: '/api' },
  load: () => lazyImport(() => import('./endpoints.ts')),
});
