import { aiHubMixProof } from './aiHubMix.ts';
import { anthropicProof } from './anthropic.ts';
import { claudeCodeHubProof } from './claudeCodeHub.ts';
import { claudeRelayProof } from './claudeRelay.ts';
import { deepSeekProof } from './deepSeek.ts';
import { glmPlanProof } from './glmPlan.ts';
import { kimiCodeProof } from './kimiCode.ts';
import { miniMaxProof } from './miniMax.ts';
import { moonshotProof } from './moonshot.ts';
import { openAiProof } from './openAi.ts';
import { prometheusProof } from './prometheus.ts';
import type { SimpleProof } from './proof.ts';
import { siliconFlowProof } from './siliconFlow.ts';
import { teamServerProof } from './teamServer.ts';
import { vercelGatewayProof } from './vercelGateway.ts';

/** One of each kind that is asked by one GET. */
export const SIMPLE_PROOFS: readonly SimpleProof[] = [
  claudeRelayProof,
  claudeCodeHubProof,
  deepSeekProof,
  moonshotProof,
  siliconFlowProof,
  aiHubMixProof,
  vercelGatewayProof,
  kimiCodeProof,
  glmPlanProof,
  miniMaxProof,
  openAiProof,
  anthropicProof,
  teamServerProof,
  prometheusProof,
];
