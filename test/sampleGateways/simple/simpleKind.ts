import type { FleetKey } from '../fleetKey.ts';
import type { ScenarioTable } from '../scenarios/scenario.ts';
import type { Site, SiteParts } from '../site.ts';
import type { AccountState } from '../state/accountState.ts';
import type { Holdings } from '../state/holdings.ts';
import type { KeyState } from '../state/keyState.ts';
import { LOG_TYPES, type LogRow } from '../state/logRow.ts';
import type { Call } from '../wire/call.ts';
import { plainJson, type Reply } from '../wire/reply.ts';

/** What a key is told: of itself, of the account that it belongs to, and of the time. */
interface Asked {
  readonly key: KeyState;
  readonly account: AccountState;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly query: URLSearchParams;
  /** What the account spent, oldest first. */
  readonly spent: readonly LogRow[];
}

/** All that the sample gateway needs of a kind whose keys are told everything by one call, or by one after another. */
export interface SimpleKind {
  readonly path: string;
  /** How it is asked; by GET when absent. */
  readonly method?: 'POST';
  /** Its public page, by which it is recognized, and what it answers to any unknown path. */
  readonly page?: { readonly path: string; readonly reply: Reply };
  readonly unknownPath?: (path: string) => Reply;
  /** Another path, and its answer. */
  readonly beside?: { readonly path: string; readonly answer: (asked: Asked) => Reply };
  /** What its keys are; API keys when absent. */
  readonly credential?: 'managementKey' | 'accessToken';
  /** The members of the answer, which a scenario may change. */
  readonly body: (asked: Asked) => Record<string, unknown>;
  /** What stands around them; nothing when absent. */
  readonly wrap?: (body: Record<string, unknown>) => unknown;
  /** Whose call it is, where no header tells. */
  readonly keyOf?: (call: Call, holdings: Holdings) => KeyState | undefined;
  /** How a wrong key is refused. */
  readonly refusal: Reply | ((call: Call) => Reply);
  readonly scenarios: ScenarioTable;
  readonly secretPrefix: string;
  /** A key of the fleet, by its handle, and the wallet behind it, in its own currency. */
  readonly handle: string;
  readonly sample: FleetKey;
  readonly wallet: number;
}

const UNITS = 500_000;

/** Raw units of the sample gateway as money. */
export function money(units: number): number {
  return units / UNITS;
}

/** The site of such a kind. */
export function simpleSite(kind: SimpleKind, parts: SiteParts): Site {
  return {
    dress: reply => reply,
    callerOf: call => kind.keyOf?.(call, parts.holdings)?.handle,
    answer(call) {
      const { method = 'GET', page } = kind;
      if (call.method === 'GET' && call.path === page?.path) return page.reply;
      const isKnown = call.method === method && [kind.path, kind.beside?.path].includes(call.path);
      if (isKnown) return answerTo(call, kind, parts);
      return kind.unknownPath?.(call.path) ?? plainJson(404, { error: { message: 'Not Found' } });
    },
  };
}

function answerTo(call: Call, kind: SimpleKind, { holdings, clock }: SiteParts): Reply {
  const key = kind.keyOf ? kind.keyOf(call, holdings) : holdings.keyBySecret(secretIn(call));
  if (!key) return typeof kind.refusal === 'function' ? kind.refusal(call) : kind.refusal;
  const { reply, data, without = [] } = key.scenario;
  if (reply) return reply;
  const account = holdings.account(key.account);
  const spent = holdings.log.select({ account: account.name, type: LOG_TYPES.consume });
  const asked = { key, account, now: clock(), query: call.query, spent };
  if (kind.beside && call.path === kind.beside.path) return kind.beside.answer(asked);
  const body = { ...kind.body(asked), ...data };
  for (const name of without) delete body[name];
  return plainJson(200, kind.wrap?.(body) ?? body);
}

/** The secret of a call, in whichever header it came. */
function secretIn({ headers }: Call): string {
  const sent = headers.authorization ?? headers['x-api-key'] ?? '';
  return String(sent)
    .replace(/^bearer /i, '')
    .trim();
}

/** What part of all that a key had is used, 0 to 1. */
export function share({ used, remain }: KeyState): number {
  return used / (used + remain);
}
