import { createHash } from 'node:crypto';
import type { KeyState } from '../../core/quota/keyState.ts';
import { TEAM_SCHEMA, type TeamAnswer } from '../../core/team/teamAnswer.ts';
import { isoTime } from '../../core/time.ts';
import { redactor } from '../../redaction/redactor.ts';
import type { Reader } from '../configuration/configuration.ts';
import { matchesAny } from '../configuration/namePattern.ts';
import type { Answer } from './http/answer.ts';
import { seenReading } from './seenReading.ts';

export interface TeamAnswersParts {
  readonly salt: string;
  /** The ids that others see, by those of the records. */
  readonly ids: ReadonlyMap<string, string>;
  readonly snapshot: () => readonly KeyState[];
  readonly now: () => number;
}

/** What one reader sees of a snapshot. */
interface Seen {
  readonly snapshot: readonly KeyState[];
  readonly keys: string;
  readonly etag: string;
}

/** The answers to `/v1/keys`, made once for each reader and snapshot. */
export class TeamAnswers {
  readonly #parts: TeamAnswersParts;
  readonly #seen = new Map<Reader, Seen>();

  constructor(parts: TeamAnswersParts) {
    this.#parts = parts;
  }

  /** @param known the tags that the reader has an answer of, as `If-None-Match` lists them. */
  answerFor(reader: Reader, known: string | undefined): Answer {
    const { salt, now } = this.#parts;
    const { keys, etag } = this.#seenBy(reader);
    const headers = { etag };
    if (known !== undefined && isKnown(known, etag)) return { status: 304, headers };
    const head: Omit<TeamAnswer, 'keys'> = { schema: TEAM_SCHEMA, at: isoTime(now()), salt };
    return {
      status: 200,
      type: 'application/json',
      text: `${JSON.stringify(head).slice(0, -1)},"keys":${keys}}`,
      headers,
    };
  }

  #seenBy(reader: Reader): Seen {
    const snapshot = this.#parts.snapshot();
    const before = this.#seen.get(reader);
    if (before?.snapshot === snapshot) return before;
    const keys = JSON.stringify(redactor.redactValue(this.#keysOf(reader, snapshot)));
    // The time of the answer is not in it, so that two answers with one tag mean the same and need not be equal: “weak”.
    const digest = createHash('sha256').update(this.#parts.salt).update(keys).digest('base64url');
    const seen = { snapshot, keys, etag: `W/"${digest}"` };
    this.#seen.set(reader, seen);
    return seen;
  }

  #keysOf({ patterns }: Reader, snapshot: readonly KeyState[]): readonly KeyState[] {
    const isSeen = (label: string) => matchesAny(patterns, label);
    const account = (named: KeyState['readFrom']) => {
      const id = named && isSeen(named.label) ? this.#parts.ids.get(named.id) : undefined;
      return named && id !== undefined ? { id, label: named.label } : undefined;
    };
    return snapshot.flatMap(({ readFrom, separatedFrom, listedBy, reading, ...state }) => {
      const id = this.#parts.ids.get(state.id);
      if (id === undefined || !isSeen(state.label)) return [];
      // Members without a value are left out of JSON.
      return [
        {
          ...{ ...state, id },
          ...({
            reading: seenReading(reading, isSeen),
            readFrom: account(readFrom),
            separatedFrom: account(separatedFrom),
            listedBy: account(listedBy),
          } as Pick<KeyState, 'reading' | 'readFrom' | 'separatedFrom' | 'listedBy'>),
        },
      ];
    });
  }
}

/** Whether `If-None-Match` lists a tag: weakly, so that one from which a proxy took `W/` is the same, or `*` for any. */
function isKnown(known: string, etag: string): boolean {
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '');
  return known.trim() === '*' || known.split(',').some(each => opaque(each) === opaque(etag));
}
