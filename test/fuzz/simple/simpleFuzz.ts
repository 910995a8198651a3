import type * as fc from 'fast-check';
import type { WrittenRefusal } from '../ownRefusals.ts';

/** What the generator needs of a kind whose keys are told everything by one GET. */
export interface SimpleFuzz {
  readonly kind: string;
  /** What its keys are; API keys when absent. */
  readonly credential?: 'managementKey' | 'accessToken';
  /** Answers beside it, for what is asked first. */
  readonly before?: readonly fc.Arbitrary<string>[];
  /** Whether it tells of a range by the same answers, or by which others. */
  readonly tellsRange?: true | fc.Arbitrary<string>;
  /** Members by which a good answer says that the key cannot be used. */
  readonly saysOfItself?: RegExp;
  readonly title: string;
  /** Answers with the members it reads, of the right types and of others. */
  readonly body: fc.Arbitrary<string>;
  /** Where it stands, of a kind that reads an answer by its host. */
  readonly baseUrls?: readonly string[];
  /** Whether figures are worked out, so that a number need be in no answer. */
  readonly works?: true;
  /** Its refusals, word for word: written down apart from the product's own list. */
  readonly refusals: readonly Omit<WrittenRefusal, 'kinds'>[];
}
