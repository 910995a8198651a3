import { aiHubMixFuzz } from './aiHubMix.ts';
import { deepSeekFuzz } from './deepSeek.ts';
import { moonshotFuzz } from './moonshot.ts';
import { siliconFlowFuzz } from './siliconFlow.ts';
import type { SimpleFuzz } from './simpleFuzz.ts';
import { vercelGatewayFuzz } from './vercelGateway.ts';

/** One of each kind that is asked by one GET. */
export const SIMPLE_FUZZES: readonly SimpleFuzz[] = [
  deepSeekFuzz,
  moonshotFuzz,
  siliconFlowFuzz,
  aiHubMixFuzz,
  vercelGatewayFuzz,
];
