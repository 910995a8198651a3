import type { GatewayContext } from '../../../../src/gateways/gatewayContext.ts';
import { NOW } from '../../support/samples.ts';

/** What the envelope of an answer holds. */
export type Data = unknown;

/**
 * A context whose gateway answers each path with one thing after the other, or fails with an error; one question more
 * fails the test. `serverNow` is the gateway's clock, where it tells it.
 */
export function scriptedContext(
  answers: Readonly<Record<string, readonly Data[]>>,
  site: GatewayContext['site'] = { lineage: 'newApi' },
  serverNow?: number,
): { readonly context: GatewayContext; readonly asked: string[] } {
  const asked: string[] = [];
  const context = {
    site,
    now: () => NOW,
    sendRequest: async ({ path }: { readonly path: string }) => {
      const data = answers[path]?.[asked.filter(each => each === path).length];
      asked.push(path);
      if (data === undefined) throw new Error(`${path} was asked once too often`);
      if (data instanceof Error) throw data;
      return {
        status: 200,
        headers: new Headers(serverNow === undefined ? {} : { date: new Date(serverNow).toUTCString() }),
        text: JSON.stringify({ success: true, message: '', data }),
      };
    },
  };
  return { context: context as unknown as GatewayContext, asked };
}

/** A row of an account's log, so many seconds before now. */
export function logRow(secondsAgo: number, more: Readonly<Record<string, unknown>> = {}) {
  return {
    id: 0,
    created_at: NOW / 1000 - secondsAgo,
    type: 2,
    token_name: 'alice',
    model_name: 'gpt-4.1',
    quota: 10,
    prompt_tokens: 2,
    completion_tokens: 1,
    ...more,
  };
}
