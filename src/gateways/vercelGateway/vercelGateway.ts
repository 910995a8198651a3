import { lazyImport } from '../../core/lazyImport.ts';
import { singleCall } from '../singleCall.ts';

/** Vercel AI Gateway: https://vercel.com/docs/ai-gateway. Money is dollars. Its report of spend costs money, so it is never asked. */
export const vercelGateway = singleCall({
  kind: 'vercelGateway',
  title: 'Vercel AI Gateway',
  hosts: ['ai-gateway.vercel.sh'],
  form: /^vck_/,
  tells: 'account',
  chat: {},
  load: () => lazyImport(() => import('./endpoints.ts')),
});
