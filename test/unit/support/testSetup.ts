import type { Failure } from '../../../src/core/quota/failure.ts';
import type { KeyRecord } from '../../../src/core/quota/key.ts';
import type { Reading } from '../../../src/core/quota/reading.ts';
import type { Gateway } from '../../../src/gateways/gateway.ts';
import type { GatewayContext } from '../../../src/gateways/gatewayContext.ts';
import type { KeyDraft } from '../../../src/services/keys/keyDraft.ts';
import type { GatewayKind } from '../../sampleGateways/kinds.ts';
import type { GatewayOptions } from '../../sampleGateways/options.ts';
import { type SampleGateway, startSampleGateway } from '../../sampleGateways/server.ts';
import { forSimpleKinds } from '../../sampleGateways/simple/simpleKinds.ts';
import { commandRunner, type RunCommand } from './commands.ts';
import { ManualClock } from './manualClock.ts';
import { TestWindow, type TestWindowOptions } from './testWindow.ts';

/** The product's kind for each kind of sample gateway, and the credential of its keys. */
const KEYS: Readonly<Record<GatewayKind, Pick<KeyDraft, 'kind' | 'credential'>>> = {
  newApi: { kind: 'newApi', credential: 'apiKey' },
  oneApi: { kind: 'newApi', credential: 'apiKey' },
  cometApi: { kind: 'cometApi', credential: 'apiKey' },
  cometQuery: { kind: 'cometApi', credential: 'queryKey' },
  aioHub: { kind: 'aioHub', credential: 'apiKey' },
  cheapestInference: { kind: 'cheapestInference', credential: 'apiKey' },
  openRouter: { kind: 'openRouter', credential: 'apiKey' },
  liteLlm: { kind: 'liteLlm', credential: 'apiKey' },
  sub2Api: { kind: 'sub2Api', credential: 'apiKey' },
  ...forSimpleKinds(({ credential }, kind) => ({ kind, credential: credential ?? ('apiKey' as const) })),
};

/** One sample gateway and one window that asks it, with one clock for both that stands still. */
export class TestSetup {
  readonly clock: ManualClock;
  readonly gateway: SampleGateway;
  readonly #window: TestWindowOptions;
  testWindow: TestWindow;

  private constructor(gateway: SampleGateway, clock: ManualClock, window: TestWindowOptions) {
    this.gateway = gateway;
    this.clock = clock;
    this.#window = { ...window, clock };
    this.testWindow = new TestWindow(this.#window);
  }

  static async open(gateway: GatewayOptions = {}, window: TestWindowOptions = {}): Promise<TestSetup> {
    const clock = new ManualClock();
    return new TestSetup(await startSampleGateway({ clock: clock.now, ...gateway }), clock, window);
  }

  /** A window in front of a gateway that runs already, by a clock of its own. */
  static withGateway(gateway: SampleGateway, clock: ManualClock, window: TestWindowOptions = {}): TestSetup {
    return new TestSetup(gateway, clock, window);
  }

  /** Closes the window and opens it again; it has to have been given a folder and secrets that stay. */
  async restart(): Promise<void> {
    await this.testWindow.close();
    this.testWindow = new TestWindow(this.#window);
    await this.testWindow.monitor.start();
  }

  /** Runs a command by argument. */
  get run(): RunCommand {
    return commandRunner(this.testWindow, this.clock);
  }

  /** A key of the gateway as a person would enter it. */
  key(handle: string, more: Partial<KeyDraft> = {}): KeyDraft {
    const { kind, origin } = this.gateway;
    return { ...KEYS[kind], label: handle, baseUrl: origin, secret: this.gateway.secret(handle), ...more };
  }

  /** The credential that opens a whole account. */
  account(name: string, more: Partial<KeyDraft> = {}): KeyDraft {
    const { kind, origin } = this.gateway;
    const { id, accessToken, managementKey } = this.gateway.account(name);
    const credential =
      kind === 'cheapestInference' || kind === 'openRouter'
        ? ({ credential: 'managementKey', secret: managementKey } as const)
        : ({ credential: 'accessToken', secret: accessToken, userId: String(id) } as const);
    return { kind: KEYS[kind].kind, label: name, baseUrl: origin, ...credential, ...more };
  }

  /** The reading that a check brings. */
  async read(draft: KeyDraft): Promise<Reading> {
    const { reading, failure } = await this.testWindow.keyService.checkDraft(draft);
    if (!reading) throw new Error(`no reading: ${JSON.stringify(failure)}`);
    return reading;
  }

  /** The failure of a check. */
  async failure(draft: KeyDraft): Promise<Failure> {
    const { failure } = await this.testWindow.keyService.checkDraft(draft);
    if (!failure) throw new Error('there is a reading');
    return failure;
  }

  /** Saves a key as one that was checked a moment ago, so that nothing is asked by itself. */
  async add(draft: KeyDraft): Promise<KeyRecord> {
    const takenAt = new Date(this.clock.now()).toISOString();
    const reading = { takenAt, unit: { code: 'USD', source: 'gateway' } } as const;
    const record = this.testWindow.keyService.findById(
      await this.testWindow.keyService.add(draft, { reading }),
    );
    if (!record) throw new Error('the key was not saved');
    return record;
  }

  /** Puts a question with a credential that is saved for it. */
  async ask<T>(
    draft: KeyDraft,
    ability: Parameters<TestWindow['keyRequests']['run']>[1],
    question: (gateway: Gateway, context: GatewayContext) => Promise<T> | undefined,
  ): Promise<T> {
    const key = await this.add(draft);
    const answer = await this.testWindow.keyRequests.run(key, ability, async (gateway, context) =>
      question(gateway, context),
    );
    if (answer === undefined) throw new Error(`${draft.kind} cannot be asked that`);
    return answer as T;
  }

  /** The calls so far, `/api/status` left out: it is asked once a day whatever the question. */
  get calls(): string[] {
    return this.gateway.calls
      .filter(({ path }) => path !== '/api/status')
      .map(({ method, path, search }) => `${method} ${path}${search}`);
  }

  async close(): Promise<void> {
    await this.testWindow.close();
    await this.gateway.close();
  }
}
