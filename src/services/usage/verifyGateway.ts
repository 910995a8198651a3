import { type Failure, GatewayError } from '../../core/quota/failure.ts';
import type { KeyRecord } from '../../core/quota/key.ts';
import { requestCompletion } from '../../gateways/completion.ts';
import type { Gateway } from '../../gateways/gateway.ts';
import type {
  DateRange,
  Verification,
  VerificationFindings,
  VerificationStep,
} from '../../gateways/verification.ts';
import type { KeyRequests } from '../requests/keyRequests.ts';

/** The names of all steps: those of a gateway, and those with completions. */
export type VerifyStepName =
  | VerificationStep['name']
  | 'plain-completion'
  | 'streamed-completion'
  | 'request-count';

/** One line of the pass and fail log. */
interface VerifyStep {
  readonly name: VerifyStepName;
  readonly passed: boolean;
  /** Why it could not be finished. */
  readonly failure?: Failure;
}

/** What a smoke test found. */
export interface VerifyResult {
  readonly steps: readonly VerifyStep[];
  readonly findings: VerificationFindings;
  /** Absent where no completions were requested. */
  readonly completion?: { readonly total?: number; readonly usagePresent: boolean };
}

/** What to verify. */
export interface VerifyOrder {
  readonly key: KeyRecord;
  readonly range: DateRange;
  /** Completions spend quota: only after explicit consent. */
  readonly completion?: { readonly key: KeyRecord; readonly model: string };
}

/**
 * Runs the smoke test of a key's gateway, step by step; `announce` is called before each. Failures of steps
 * are in the result.
 * @throws GatewayError where the steps cannot be had; the reason of `signal`, when it aborts.
 */
export async function runVerification(
  keyRequests: KeyRequests,
  order: VerifyOrder,
  announce: (name: VerifyStepName) => void,
  signal?: AbortSignal,
): Promise<VerifyResult> {
  const run = new VerifyRun(keyRequests, order, announce, signal);
  const names = await keyRequests.run(
    order.key,
    'verify',
    async gateway => (await verificationSteps(gateway)).map(({ name }) => name),
    signal,
  );
  for (const name of names) await run.runFreeStep(name);
  if (order.completion) await run.runCompletions(order.completion);
  return run.result();
}

class VerifyRun {
  readonly #keyRequests: KeyRequests;
  readonly #order: VerifyOrder;
  readonly #announce: (name: VerifyStepName) => void;
  readonly #signal: AbortSignal | undefined;
  readonly #steps: VerifyStep[] = [];
  #findings: VerificationFindings = {};
  #completion: VerifyResult['completion'];

  constructor(
    keyRequests: KeyRequests,
    order: VerifyOrder,
    announce: (name: VerifyStepName) => void,
    signal: AbortSignal | undefined,
  ) {
    this.#keyRequests = keyRequests;
    this.#order = order;
    this.#announce = announce;
    this.#signal = signal;
  }

  /** A step that spends nothing. */
  async runFreeStep(name: VerificationStep['name']): Promise<void> {
    await this.#recordStep(name, async () => {
      const findings = await this.#findingsOf(name);
      const rangeFilterWorks = bothPassed(this.#findings.rangeFilterWorks, findings.rangeFilterWorks);
      this.#findings = { ...this.#findings, ...findings, rangeFilterWorks };
      return findings.rangeFilterWorks !== false && findings.errorPathRefuses !== false;
    });
  }

  /** One plain and one streamed completion, then whether the gateway counted them. */
  async runCompletions({ key, model }: NonNullable<VerifyOrder['completion']>): Promise<void> {
    for (const streamed of [false, true]) {
      await this.#recordStep(streamed ? 'streamed-completion' : 'plain-completion', async () => {
        const usage = await this.#keyRequests.run(
          key,
          'chat',
          (_gateway, context) => requestCompletion(context, model, streamed),
          this.#signal,
        );
        const before = this.#completion;
        this.#completion = {
          total: before?.total ?? usage?.total,
          usagePresent: (before?.usagePresent ?? true) && usage !== undefined,
        };
        return usage !== undefined && usage.total > 0 && usage.total === usage.prompt + usage.completion;
      });
    }
    const before = this.#findings.requestCount;
    if (before === undefined) return;
    await this.#recordStep('request-count', async () => {
      const { requestCount } = await this.#findingsOf('happy-path');
      return requestCount !== undefined && requestCount > before;
    });
  }

  result(): VerifyResult {
    return { steps: this.#steps, findings: this.#findings, completion: this.#completion };
  }

  #findingsOf(name: VerificationStep['name']): Promise<VerificationFindings> {
    const { key, range } = this.#order;
    return this.#keyRequests.run(
      key,
      'verify',
      async (gateway, context) =>
        (await (await verificationSteps(gateway)).find(step => step.name === name)?.run(context, range)) ??
        {},
      this.#signal,
    );
  }

  async #recordStep(name: VerifyStepName, work: () => Promise<boolean>): Promise<void> {
    this.#signal?.throwIfAborted();
    this.#announce(name);
    try {
      this.#steps.push({ name, passed: await work() });
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      this.#steps.push({ name, passed: false, failure: error.failure });
    }
  }
}

async function verificationSteps(gateway: Gateway): Promise<Verification> {
  return (await gateway.verification?.()) ?? [];
}

function bothPassed(before: boolean | undefined, now: boolean | undefined): boolean | undefined {
  if (before === undefined || now === undefined) return now ?? before;
  return before && now;
}
