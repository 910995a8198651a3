import { createHash } from 'node:crypto';
import { dayOf, startOfDay } from '../../core/ledger/localDays.ts';
import type { KeyState } from '../../core/quota/keyState.ts';
import { TEAM_SCHEMA, type TeamAnswer } from '../../core/team/teamAnswer.ts';
import { isoTime } from '../../core/time.ts';
import { redactor } from '../../redaction/redactor.ts';
import type { Reader } from '../configuration/configuration.ts';
import { matchesAny } from '../configuration/namePattern.ts';
import { withoutDigests } from '../withoutDigests.ts';
import { type Answer, refusal } from './http/answer.ts';
import { seenReading } from './seenReading.ts';

export interface TeamAnswersParts {
  readonly salt: string;
  /** The ids that others see, by those of the records. */
  readonly ids: ReadonlyMap<string, string>;
  readonly snapshot: () => readonly KeyState[];
  readonly now: () => number;
  /** See `Settings.monthBegins`. */
  readonly monthBegins: () => number;
}

/** What readers with the same patterns see. */
interface Seen {
  /** The JSON of each key, empty for one that they do not see. A key that has not changed is the same object in the next snapshot. */
  readonly textOf: WeakMap<KeyState, string>;
  last?: SeenSnapshot;
}

interface SeenSnapshot {
  readonly snapshot: readonly KeyState[];
  /** The server's local day and month: on the next day the same figures mean something else. */
  readonly days: string;
  /** The JSON of each key, with the commas between them. */
  readonly keys: readonly string[];
  readonly etag: string;
}

/** The answers to `/v1/keys`. Only the parts that have changed since the last one are built again. */
export class TeamAnswers {
  readonly #parts: TeamAnswersParts;
  /** By patterns: most readers see all. */
  readonly #seen = new Map<string, Seen>();

  constructor(parts: TeamAnswersParts) {
    this.#parts = parts;
  }

  /** @param known the tags that the reader has an answer of, as `If-None-Match` lists them. */
  answerFor(reader: Reader, known: string | undefined): Answer {
    const { salt, now } = this.#parts;
    const { unread } = this;
    if (unread) return unread;
    const days = { today: isoTime(startOfDay(dayOf(now()))), monthBegins: this.#parts.monthBegins() };
    const { keys, etag } = this.#seenBy(reader, JSON.stringify(days));
    const headers = { etag };
    if (known !== undefined && isKnown(known, etag)) return { status: 304, headers };
    const head: Omit<TeamAnswer, 'keys'> = {
      ...{ schema: TEAM_SCHEMA, at: isoTime(now()), salt },
      ...days,
    };
    return {
      status: 200,
      type: 'application/json',
      text: [`${JSON.stringify(head).slice(0, -1)},"keys":[`, ...keys, ']}'],
      headers,
    };
  }

  /**
   * The answer while the database has not been readable since the start and the snapshot is empty. An empty list would
   * make readers drop their lines, with everything they set for them, and end alerts.
   */
  get unread(): Answer | undefined {
    return this.#parts.ids.size === 0 || this.#parts.snapshot().length > 0
      ? undefined
      : refusal(503, 'The database cannot be read yet; the log says why.');
  }

  #seenBy({ patterns }: Reader, days: string): SeenSnapshot {
    const snapshot = this.#parts.snapshot();
    const id = JSON.stringify(patterns);
    const seen: Seen = this.#seen.get(id) ?? { textOf: new WeakMap() };
    this.#seen.set(id, seen);
    if (seen.last?.snapshot === snapshot && seen.last.days === days) return seen.last;
    const keys: string[] = [];
    // A weak tag: without the time of the answer, so that two answers with the same tag mean the same but need not be
    // equal.
    const hash = createHash('sha256').update(this.#parts.salt).update(days);
    for (const state of snapshot) {
      const text = seen.textOf.get(state) ?? this.#textOf(state, patterns);
      seen.textOf.set(state, text);
      if (text === '') continue;
      if (keys.length > 0) keys.push(',');
      keys.push(text);
      hash.update(text);
    }
    const digest = hash.digest('base64url');
    seen.last = { snapshot, days, keys, etag: `W/"${digest}"` };
    return seen.last;
  }

  #textOf(key: KeyState, patterns: Reader['patterns']): string {
    const { readFrom, separatedFrom, listedBy, reading, ...state } = key;
    const isSeen = (label: string) => matchesAny(patterns, label);
    const id = this.#parts.ids.get(state.id);
    if (id === undefined || !isSeen(state.label)) return '';
    const account = (named: KeyState['readFrom']) => {
      const accountId = named && isSeen(named.label) ? this.#parts.ids.get(named.id) : undefined;
      return named && accountId !== undefined ? { id: accountId, label: named.label } : undefined;
    };
    // Members without a value are left out of JSON.
    const accounts = {
      readFrom: account(readFrom),
      separatedFrom: account(separatedFrom),
      listedBy: account(listedBy),
    };
    const seen = { ...state, id, reading: seenReading(withoutDigests(reading), isSeen), ...accounts };
    return JSON.stringify(redactor.redactValue(seen));
  }
}

/** Whether `If-None-Match` lists a tag: weakly, so that one from which a proxy took `W/` is the same, or `*` for any. */
function isKnown(known: string, etag: string): boolean {
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return known.trim() === '*' || known.split(',').some(each => opaque(each) === opaque(etag));
}
