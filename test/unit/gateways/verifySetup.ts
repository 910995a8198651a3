import type { KeyRecord } from '../../../src/core/quota/key.ts';
import {
  runVerification,
  type VerifyOrder,
  type VerifyResult,
  type VerifyStepName,
} from '../../../src/services/usage/verifyGateway.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import type { ChatSettings, QuerySettings } from '../../sampleGateways/settings.ts';
import { TestSetup } from '../support/testSetup.ts';
import { june, QUERY, spend, TEAM } from './fixture.ts';

/** CometAPI with both its services, over the same accounts: the API that spends, and the query service that tells. */
export class VerifySetup {
  readonly api: SampleGateway;
  readonly setup: TestSetup;
  readonly queryKey: KeyRecord;
  readonly apiKey: KeyRecord;

  private constructor(api: SampleGateway, setup: TestSetup, queryKey: KeyRecord, apiKey: KeyRecord) {
    this.api = api;
    this.setup = setup;
    this.queryKey = queryKey;
    this.apiKey = apiKey;
  }

  static async open(
    query: Partial<QuerySettings> = {},
    chat: Partial<ChatSettings> = {},
  ): Promise<VerifySetup> {
    const settings = { chat: { wrongTotal: false, withoutUsage: false, ...chat } };
    const api = await startSampleGateway({ kind: 'cometApi', accounts: [TEAM], settings });
    const setup = await TestSetup.open({
      kind: 'cometQuery',
      holdings: api.holdings,
      settings: { query: { ...QUERY, ...query } },
    });
    spend(api);
    // Before the range that is verified.
    api.spend('alice', { at: june(-10), quota: 5_000 });
    const queryKey = await setup.add(setup.key('alice', { label: 'Finance' }));
    const apiKey = await setup.add(
      setup.key('alice', { label: 'Payer', credential: 'apiKey', baseUrl: api.origin }),
    );
    return new VerifySetup(api, setup, queryKey, apiKey);
  }

  /** Verifies the first half of June; completions only when they are asked for. */
  verify(
    more: Partial<VerifyOrder> = {},
    step: (name: VerifyStepName) => unknown = () => undefined,
    signal?: AbortSignal,
  ): Promise<VerifyResult> {
    const order = { key: this.queryKey, range: { from: '2026-06-01', to: '2026-06-15' }, ...more };
    return runVerification(this.setup.testWindow.keyRequests, order, step, signal);
  }

  get completion(): VerifyOrder['completion'] {
    return { key: this.apiKey, model: 'gpt-4.1' };
  }

  async close(): Promise<void> {
    await this.setup.close();
    await this.api.close();
  }
}
