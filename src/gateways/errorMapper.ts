import type { GatewayError } from '../core/quota/failure.ts';
import type { RefusalForm } from './refusalForm.ts';

/** Reads a kind's own meaning out of a refusal; undefined leaves it to the general rules. */
export type ErrorMapper = (refusal: Refusal) => GatewayError | undefined;

export interface Refusal {
  readonly status: number;
  /** The gateway's message as it came; for recognition only, never for a person. */
  readonly message: string;
  readonly code: string;
  /** How it is wrapped; undefined for a form that no gateway of ours has. */
  readonly form: RefusalForm | undefined;
  /** What of the message may be shown. */
  readonly words?: string;
}
