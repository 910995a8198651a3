import type { Clock } from '../clock.ts';
import type { Settings } from '../settings.ts';
import type { SiteStatus } from '../siteStatus.ts';
import type { Holdings } from '../state/holdings.ts';
import type { Call } from '../wire/call.ts';
import { json, type Reply } from '../wire/reply.ts';
import { type MessageName, message } from './messages.ts';
import type { Version } from './version.ts';

/** What every handler of the New API family works with. */
export interface NewApiCall extends Call {
  readonly version: Version;
  readonly holdings: Holdings;
  readonly status: SiteStatus;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly requestId: string;
}

/** `{"message":…,"success":false}` with a message in the caller's language. */
export function refuse(call: NewApiCall, status: number, name: MessageName): Reply {
  return json(status, {
    message: message(name, call.version, call.headers['accept-language']),
    success: false,
  });
}

/** The same with a text that is never translated. */
export function refuseLiteral(status: number, text: string): Reply {
  return json(status, { message: text, success: false });
}

/** The error form of the relay, which imitates OpenAI's. */
export function relayError(call: NewApiCall, status: number, text: string, code = ''): Reply {
  const type = call.version.errorType;
  const error = { message: `${text} (request id: ${call.requestId})`, type };
  if (type === 'one_api_error') return json(status, { error });
  return json(status, {
    error: type === 'comet_api_error' ? { ...error, param: '', code } : { ...error, code },
  });
}

/** `{"data":…,"message":"","success":true}`. */
export function success(data: unknown): Reply {
  return json(200, { data, message: '', success: true });
}
