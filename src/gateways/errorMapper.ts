import type { GatewayError } from '../core/quota/failure.ts';
import type { RefusalForm } from './refusalForm.ts';

/** Maps a refusal to the error that a kind means by it; undefined leaves it to the general rules. */
export type ErrorMapper = (refusal: Refusal) => GatewayError | undefined;

/** A parsed refusal of a gateway. */
export interface Refusal {
  readonly status: number;
  /** The original message; to match against, never to show. */
  readonly message: string;
  readonly code: string;
  /** Undefined for a form that no known gateway has. */
  readonly form: RefusalForm | undefined;
  /** The message, sanitized and shortened, to show. */
  readonly words?: string;
}
