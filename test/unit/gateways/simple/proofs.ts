import { deepSeekProof } from './deepSeek.ts';
import type { SimpleProof } from './proof.ts';

/** One of each kind that is asked by one GET. */
export const SIMPLE_PROOFS: readonly SimpleProof[] = [deepSeekProof];
