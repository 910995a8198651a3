import type { Outcome } from '../../../src/services/polling/check.ts';
import { secretFor } from '../../sampleGateways/secrets.ts';
import { ManualClock } from './manualClock.ts';
import { RawServer } from './rawServer.ts';
import { HOUR } from './samples.ts';
import { TestWindow, type TestWindowOptions } from './testWindow.ts';

/** What a CheapestInference key is told, with figures that nothing else holds. */
export const ORDINARY_BODY = JSON.stringify({
  budget: { spent: 2.5, limit: 10, duration: '30d', resets_at: '2027-02-15T10:00:00.000Z' },
  rate_limits: { rpm: 60, tpm: 3333 },
  plan: { slug: 'standard', status: 'active', expires_at: '2027-02-15T10:00:00.000Z' },
  credits: { balance: 5 },
  key: { name: 'prod-key', type: 'subscription' },
});

/** The beginning of an answer, with these headers besides the usual one. */
export function head(...headers: string[]): string {
  return ['HTTP/1.1 200 OK', 'Content-Type: application/json', ...headers, '', ''].join('\r\n');
}

/** A key at a gateway whose connections do what a test wants, and a window that asks about it. */
export class BrokenGateway {
  readonly server: RawServer;
  readonly testWindow: TestWindow;
  readonly #clock: ManualClock;

  private constructor(server: RawServer, testWindow: TestWindow, clock: ManualClock) {
    this.server = server;
    this.testWindow = testWindow;
    this.#clock = clock;
  }

  static async start(settings: TestWindowOptions['settings'] = {}): Promise<BrokenGateway> {
    const clock = new ManualClock();
    return new BrokenGateway(await RawServer.start(), new TestWindow({ clock, settings }), clock);
  }

  /** What a check of a key brings. There is time between checks, so that none is held back. */
  async check(origin = this.server.origin): Promise<Outcome> {
    this.#clock.jump(HOUR);
    return this.testWindow.keyService.checkDraft({
      label: 'key',
      kind: 'cheapestInference',
      baseUrl: origin,
      credential: 'apiKey',
      secret: secretFor('bad gateway'),
    });
  }

  /** The reason why a check brings nothing, or what is left. */
  async outcome(origin?: string): Promise<string> {
    const { reading, failure } = await this.check(origin);
    return failure ? `${failure.class}: ${failure.reason}` : JSON.stringify(reading.budget);
  }

  async close(): Promise<void> {
    await this.testWindow.close();
    await this.server.stop();
  }
}
