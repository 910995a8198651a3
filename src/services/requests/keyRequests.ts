import type { WaitingCall } from '../../core/ports/requestTables.ts';
import type { Secrets } from '../../core/ports/secrets.ts';
import { failed, GatewayError } from '../../core/quota/failure.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import type { Unit } from '../../core/quota/unit.ts';
import { missingAbility } from '../../gateways/abilityFilter.ts';
import type { Ability } from '../../gateways/credentialSpec.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import type { GatewayContext } from '../../gateways/gatewayContext.ts';
import { gatewayOf } from '../../gateways/registry.ts';
import type { Site } from '../../gateways/site.ts';
import { rawScale } from '../../gateways/siteScale.ts';
import { missingSecret } from '../polling/missingSecret.ts';
import { askGateway, type RequestOptions } from './askGateway.ts';
import type { RequestParts } from './requestParts.ts';
import { parseStoredSite } from './siteNotes.ts';

/** Questions that a person asks about a key, beside the polls: logs, ranges, plans, verification. */
export class KeyRequests {
  readonly #parts: RequestParts & { readonly secrets: Secrets };

  constructor(parts: RequestParts & { readonly secrets: Secrets }) {
    this.#parts = parts;
  }

  /** What the gateway at a base URL last said about itself; undefined when it was never asked. */
  siteOf(baseUrl: string): Site | undefined {
    return parseStoredSite(this.#parts.store.sites.siteOf(baseUrl)?.site);
  }

  /** The unit that amounts at a base URL are shown in, by its own word or the user's; undefined where neither says. */
  unitAt(baseUrl: string): Unit | undefined {
    const site = this.siteOf(baseUrl);
    const { unit } = rawScale(site, this.#parts.settings().gateways.get(baseUrl), 'units');
    return unit.source === 'default' ? undefined : unit;
  }

  /** Ends the waiting of checks of these keys, or of questions about them: polls need leave no room for them. */
  stopWaiting(keyIds: readonly string[], purpose: WaitingCall['purpose']): void {
    const { store } = this.#parts;
    store.transaction(() => {
      for (const keyId of keyIds) store.waiting.stopWaiting(keyId, purpose);
    });
  }

  /**
   * Puts a question with a key's secret. Throws a `GatewayError`: also when the credential cannot be asked
   * this, or its secret is not on this machine.
   */
  async run<T>(
    key: KeyRecord,
    ability: Ability,
    question: (gateway: Gateway, context: GatewayContext) => Promise<T>,
    signal?: AbortSignal,
    options: Pick<RequestOptions, 'beyondBudget' | 'sparing' | 'recordSpend'> = {},
  ): Promise<T> {
    const gateway = gatewayOf(key.kind);
    if (!gateway) throw failed('not-supported', 'unknown-kind');
    const missing = missingAbility(key, ability);
    if (missing) throw missing;
    const bound = await this.#parts.secrets.read(key.id);
    if (typeof bound !== 'object') throw new GatewayError(missingSecret(bound));
    return askGateway(this.#parts, gateway, bound, context => question(gateway, context), {
      ...options,
      signal,
      keyId: key.id,
      lastReading: this.#parts.store.states.stateOf(key.id)?.reading,
    });
  }
}
