import type { Call } from './call.ts';
import type { Reply } from './reply.ts';

// A name that no resolver answers: a client that follows it fails instead of reaching somebody.
const NOWHERE = 'http://elsewhere.invalid';

/** Fills in the parts of `Location` that are known only when the gateway runs. */
export function placed(reply: Reply, call: Call, origin: string, elsewhere = NOWHERE): Reply {
  const location = reply.headers?.Location;
  if (location === undefined) return reply;
  const filled = location
    .replace('{origin}', origin)
    .replace('{https}', origin.replace(/^http:/, 'https:'))
    .replace('{elsewhereHost}', elsewhere.replace(/^https?:/, ''))
    .replace('{elsewhere}', elsewhere)
    .replace('{path}', call.path + call.search);
  return { ...reply, headers: { ...reply.headers, Location: filled } };
}
