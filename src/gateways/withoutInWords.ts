import { failed, type GatewayError } from '../core/quota/failure.ts';

/** The same failure without what a pattern finds in the gateway's words. */
export function withoutInWords({ failure }: GatewayError, pattern: RegExp): GatewayError {
  const { class: failureClass, reason, words, ...more } = failure;
  return failed(failureClass, reason, {
    ...more,
    ...(words !== undefined && { words: words.replace(pattern, '…') }),
  });
}
