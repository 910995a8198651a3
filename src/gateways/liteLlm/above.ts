import * as v from 'valibot';
import { GatewayError } from '../../core/quota/failure.ts';
import type { QuotaWindow } from '../../core/quota/quotaWindow.ts';
import { lenient } from '../fields.ts';
import type { GatewayContext } from '../gatewayContext.ts';
import { sanitizeText } from '../sanitizeText.ts';
import type { Json } from '../wireJson.ts';
import { budgetWindows, capOf, capWindows, hasUnreadableBudget } from './limits.ts';
import { requestJson } from './request.ts';

/** Whose key it is. */
interface Owners {
  readonly team_id?: string | undefined;
  readonly user_id?: string | undefined;
}

const teamSchema = v.object({ team_info: v.looseObject({ team_alias: lenient(v.string()) }) });
const userSchema = v.object({ user_info: v.looseObject({}) });

/**
 * The limits above a key: of its team, else of its user, whose own budget does not count for keys of a team. Undefined
 * where nobody can tell.
 * @throws GatewayError where that may be known later.
 */
export async function readAbove(
  context: GatewayContext,
  { team_id: team, user_id: user }: Owners,
): Promise<readonly QuotaWindow[] | undefined> {
  if (team !== undefined) {
    const parsed = v.safeParse(teamSchema, await ifTold(context, '/team/info', { team_id: team }));
    if (!parsed.success) return undefined;
    const { team_info: info } = parsed.output;
    const scopeName = sanitizeText(info.team_alias ?? '', 60) || undefined;
    return windowsOf(info, context.now(), { scope: 'team', scopeName });
  }
  if (user === undefined) return [];
  const info = (await ifTold(context, '/v2/user/info')) ?? (await readOldUser(context));
  return info && windowsOf(info, context.now(), { scope: 'owner' });
}

/** `GET /user/info`: only for versions without `/v2/user/info`, since it also lists all the user's keys. */
async function readOldUser(context: GatewayContext): Promise<Json | undefined> {
  const parsed = v.safeParse(userSchema, await ifTold(context, '/user/info'));
  return parsed.success ? parsed.output.user_info : undefined;
}

function windowsOf(
  info: Json,
  now: number,
  above: Pick<QuotaWindow, 'scope' | 'scopeName'>,
): readonly QuotaWindow[] | undefined {
  const cap = capOf(info, now);
  if (cap.limit === undefined || hasUnreadableBudget(info)) return undefined;
  return [...capWindows(cap, above), ...budgetWindows(info, above)];
}

/** The answer; undefined where the proxy does not have it, or does not tell it to this key. */
async function ifTold(
  context: GatewayContext,
  path: string,
  query?: Readonly<Record<string, string>>,
): Promise<Json | undefined> {
  try {
    return await requestJson(context, { path, query });
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const { class: failureClass, status = 0 } = error.failure;
    if (!REFUSING.has(status) || !NOT_OF_THE_KEY.has(failureClass)) throw error;
    return undefined;
  }
}

const REFUSING: ReadonlySet<number> = new Set([400, 403, 404, 405, 422]);

/** Failures that refuse a question and not the key. */
const NOT_OF_THE_KEY: ReadonlySet<string> = new Set([
  'transient',
  'unexpected',
  'not-supported',
  'forbidden',
]);
