import { failed, GatewayError } from '../../core/quota/failure.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { type Ability, can, type Gateway, type Visit } from '../../gateways/gateway.ts';
import { gatewayOf } from '../../gateways/registry.ts';
import type { Secrets } from '../../vscode/host/secrets.ts';
import { missingSecret } from '../polling/missingSecret.ts';
import { type InquiryOptions, type InquiryParts, inquire } from './askGateway.ts';

/** Questions that a person asks about a key, beside the polls: logs, ranges, plans, verification. */
export class Questions {
  readonly #parts: InquiryParts & { readonly secrets: Secrets };

  constructor(parts: InquiryParts & { readonly secrets: Secrets }) {
    this.#parts = parts;
  }

  /**
   * Puts a question with a key's secret. Throws a `GatewayError`: also when the credential cannot be asked
   * this, or its secret is not on this machine.
   */
  async put<T>(
    key: KeyRecord,
    ability: Ability,
    question: (gateway: Gateway, visit: Visit) => Promise<T>,
    signal?: AbortSignal,
    options: Pick<InquiryOptions, 'beyondBudget' | 'sparing'> = {},
  ): Promise<T> {
    const gateway = gatewayOf(key.kind);
    if (!gateway) throw failed('not-supported', 'unknown-kind');
    if (!can(gateway, key.credential, ability)) throw failed('bad-key', 'wrong-credential');
    const bound = await this.#parts.secrets.read(key.id);
    if (typeof bound !== 'object') throw new GatewayError(missingSecret(bound));
    return inquire(this.#parts, gateway, bound, visit => question(gateway, visit), {
      ...options,
      signal,
      before: this.#parts.store.states.of(key.id)?.reading,
    });
  }
}
