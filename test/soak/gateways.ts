import { Child } from '../unit/support/child.ts';
import type { FastTime } from './fastClock.ts';
import type { FaultSort } from './faults.ts';

/** What the gateways have seen. */
export interface GatewayReport {
  readonly calls: number;
  /** How many calls met which sort of fault. */
  readonly met: Partial<Record<FaultSort, number>>;
  /** Calls beyond what a gateway allows. */
  readonly refused: number;
  /** Connections that are open now. */
  readonly sockets: number;
}

/** The gateways of the soak, seen from outside their process. */
export class Gateways {
  readonly origins: readonly string[];
  readonly #child: Child;

  private constructor(child: Child, origins: readonly string[]) {
    this.#child = child;
    this.origins = origins;
  }

  static async start(time: FastTime): Promise<Gateways> {
    const child = new Child(new URL('gatewayProcess.ts', import.meta.url), [JSON.stringify(time)]);
    const line = await child.untilLine('origins ');
    return new Gateways(child, JSON.parse(line.slice('origins '.length)) as string[]);
  }

  fault(place: number, sort: FaultSort): void {
    this.#child.writeLine(`fault ${place} ${sort}`);
  }

  heal(place: number): void {
    this.#child.writeLine(`heal ${place}`);
  }

  async report(): Promise<GatewayReport> {
    const line = this.#child.nextLine();
    this.#child.writeLine('report');
    return JSON.parse((await line).slice('report '.length)) as GatewayReport;
  }

  async end(): Promise<void> {
    this.#child.process.stdin?.end();
    await this.#child.ended;
  }
}
