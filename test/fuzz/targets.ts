import { describedParsers } from './describedGateways.ts';
import { gatewayParsers } from './gatewayParsers.ts';
import { importTargets } from './importing.ts';
import { oddAnswers } from './oddAnswers.ts';
import { parsers } from './parsers.ts';
import { renderers } from './renderers.ts';
import type { Target } from './target.ts';
import { translations } from './translations.ts';

/** Every parser and every renderer, in parts that are checked at the same time: `test/unit/fuzz/` has a file for each. */
export const targets = {
  gateways: [...gatewayParsers, ...describedParsers, ...oddAnswers],
  parsers: [...parsers, ...importTargets, translations],
  renderers,
} as const satisfies Record<string, readonly Target[]>;
