import { aiHubMix } from './aiHubMix/aiHubMix.ts';
import { aioHub } from './aioHub/aioHub.ts';
import { anthropic } from './anthropic/anthropic.ts';
import { cheapestInference } from './cheapestInference/cheapestInference.ts';
import { claudeCodeHub } from './claudeCodeHub/claudeCodeHub.ts';
import { claudeRelay } from './claudeRelay/claudeRelay.ts';
import { cometApi } from './cometApi/cometApi.ts';
import { deepSeek } from './deepSeek/deepSeek.ts';
import { describedGatewayOf } from './described/described.ts';
import type { Gateway } from './gateway.ts';
import { glmPlan } from './glmPlan/glmPlan.ts';
import { kimiCode } from './kimiCode/kimiCode.ts';
import { liteLlm } from './liteLlm/liteLlm.ts';
import { miniMax } from './miniMax/miniMax.ts';
import { moonshot } from './moonshot/moonshot.ts';
import { newApi } from './newApi/newApi.ts';
import { openAi } from './openAi/openAi.ts';
import { openRouter } from './openRouter/openRouter.ts';
import { prometheus } from './prometheus/prometheus.ts';
import { siliconFlow } from './siliconFlow/siliconFlow.ts';
import { sub2Api } from './sub2Api/sub2Api.ts';
import { teamServer } from './teamServer/teamServer.ts';
import { vercelGateway } from './vercelGateway/vercelGateway.ts';

/** Every kind of gateway that is built in, in the order of the form. Others are described by the user. */
export const gateways: readonly Gateway[] = [
  newApi,
  cometApi,
  aioHub,
  cheapestInference,
  openRouter,
  liteLlm,
  sub2Api,
  claudeRelay,
  claudeCodeHub,
  deepSeek,
  moonshot,
  siliconFlow,
  aiHubMix,
  vercelGateway,
  kimiCode,
  glmPlan,
  miniMax,
  openAi,
  anthropic,
  teamServer,
  prometheus,
];

/** The gateway of a kind, built in or described; undefined for a kind this version does not know. */
export function gatewayOf(kind: string): Gateway | undefined {
  return gateways.find(gateway => gateway.kind === kind) ?? describedGatewayOf(kind);
}
