import type { AccountFigures } from '../state/accountState.ts';
import type { KeyHoldings } from '../state/keyState.ts';
import type { Reply } from '../wire/reply.ts';

/** What a gateway holds about a key and how it speaks of it. Everything here is data. */
export interface Scenario {
  /** What differs from an ordinary key. */
  holds?: Partial<KeyHoldings>;
  /** The figures of the account that owns it, when that account is made for it. */
  account?: AccountFigures;
  /** Other keys of that account. */
  beside?: Partial<KeyHoldings>[];
  /** What changes before the second, third, … reading. */
  next?: Partial<KeyHoldings>[];
  /** Members of `data` that read differently on the wire. */
  data?: Record<string, unknown>;
  /** Members of `data` that are missing on the wire. */
  without?: string[];
  /** What stands above the key at LiteLLM: its team, and members of its user that are not the usual ones. */
  team?: Record<string, unknown>;
  user?: Record<string, unknown>;
  /** What stands around `data` in place of `code` and `message`. */
  envelope?: Record<string, unknown>;
  /** What is sent in place of everything above, on every endpoint that takes the key. */
  reply?: Reply;
}

/** Scenarios by name. A test's key of that name is `secretFor(name)`. */
export type ScenarioTable = Record<string, Scenario>;
