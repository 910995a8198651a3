import type { Gateway } from '../../gateways/gateway.ts';

/** The kinds of which a credential is written like this secret; none for a form that many use, such as `sk-` alone. */
export function gatewaysOfSecret(secret: string, kinds: readonly Gateway[]): readonly Gateway[] {
  return kinds.filter(({ credentials }) => credentials.some(({ form }) => form?.test(secret)));
}
