import type { GatewayContext } from '../../../../src/gateways/gatewayContext.ts';
import type { SiteNotes } from '../../../../src/gateways/siteNotes.ts';
import type { GatewayRequest } from '../../../../src/http/boundClient.ts';
import { NOW } from '../../support/samples.ts';

/** Status and JSON of an answer, or an error in place of one. */
export type Answer = readonly [status: number, body: unknown] | Error;

/** A context whose gateway answers each path with one answer after the other, and all that is sent and noted. */
export function answeringContext(
  answers: Readonly<Record<string, readonly Answer[]>>,
  more: Partial<Omit<GatewayContext, 'notes'>> & { readonly notes?: SiteNotes } = {},
) {
  const sent: GatewayRequest[] = [];
  const noted: SiteNotes[] = [];
  const { notes = {}, ...rest } = more;
  const context: GatewayContext = {
    credential: 'apiKey',
    site: { lineage: 'newApi' },
    now: () => NOW,
    ...rest,
    notes: () => notes,
    note: change => {
      noted.push(change);
    },
    sendRequest: async request => {
      const { path } = request;
      const answer = answers[path]?.[sent.filter(each => each.path === path).length];
      sent.push(request);
      if (answer === undefined) throw new Error(`${path} was asked once too often`);
      if (answer instanceof Error) throw answer;
      const [status, body] = answer;
      return { status, headers: new Headers(), text: JSON.stringify(body) };
    },
  };
  return { context, sent, noted, paths: () => sent.map(({ path }) => path) };
}

/** The answer of a router to a path that it does not know. */
export const UNKNOWN_ROUTE: Answer = [404, { error: { message: 'Invalid URL (GET /x)' } }];
