import { aiHubMixFuzz } from './aiHubMix.ts';
import { anthropicFuzz } from './anthropic.ts';
import { claudeCodeHubFuzz } from './claudeCodeHub.ts';
import { claudeRelayFuzz } from './claudeRelay.ts';
import { deepSeekFuzz } from './deepSeek.ts';
import { glmPlanFuzz } from './glmPlan.ts';
import { kimiCodeFuzz } from './kimiCode.ts';
import { miniMaxFuzz } from './miniMax.ts';
import { moonshotFuzz } from './moonshot.ts';
import { openAiFuzz } from './openAi.ts';
import { prometheusFuzz } from './prometheus.ts';
import { siliconFlowFuzz } from './siliconFlow.ts';
import type { SimpleFuzz } from './simpleFuzz.ts';
import { teamServerFuzz } from './teamServer.ts';
import { vercelGatewayFuzz } from './vercelGateway.ts';

/** One of each kind that is asked by one GET. */
export const SIMPLE_FUZZES: readonly SimpleFuzz[] = [
  claudeRelayFuzz,
  claudeCodeHubFuzz,
  deepSeekFuzz,
  moonshotFuzz,
  siliconFlowFuzz,
  aiHubMixFuzz,
  vercelGatewayFuzz,
  kimiCodeFuzz,
  glmPlanFuzz,
  miniMaxFuzz,
  openAiFuzz,
  anthropicFuzz,
  teamServerFuzz,
  prometheusFuzz,
];
