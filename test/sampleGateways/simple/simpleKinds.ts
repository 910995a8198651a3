import { aiHubMix } from './aiHubMix.ts';
import { anthropic } from './anthropic.ts';
import { claudeCodeHub } from './claudeCodeHub.ts';
import { claudeRelay } from './claudeRelay.ts';
import { deepSeek } from './deepSeek.ts';
import { glmPlan } from './glmPlan.ts';
import { kimiCode } from './kimiCode.ts';
import { miniMax } from './miniMax.ts';
import { moonshot } from './moonshot.ts';
import { openAi } from './openAi.ts';
import { prometheus } from './prometheus.ts';
import { siliconFlow } from './siliconFlow.ts';
import type { SimpleKind } from './simpleKind.ts';
import { teamServer } from './teamServer.ts';
import { vercelGateway } from './vercelGateway.ts';

const kinds = {
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
} satisfies Record<string, SimpleKind>;

export type SimpleKindName = keyof typeof kinds;

/** The kinds that are asked by one call, by the names that the product has for them. */
export const SIMPLE_KINDS: Record<SimpleKindName, SimpleKind> = kinds;

/** Makes a table with something for each of them. */
export function forSimpleKinds<Each>(
  make: (kind: SimpleKind, name: SimpleKindName) => Each,
): Record<SimpleKindName, Each> {
  const made = Object.entries(SIMPLE_KINDS).map(([name, kind]) => [name, make(kind, name as SimpleKindName)]);
  return Object.fromEntries(made) as Record<SimpleKindName, Each>;
}
