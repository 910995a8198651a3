import { deepSeekFuzz } from './deepSeek.ts';
import type { SimpleFuzz } from './simpleFuzz.ts';

/** One of each kind that is asked by one GET. */
export const SIMPLE_FUZZES: readonly SimpleFuzz[] = [deepSeekFuzz];
