import type { CountedCall } from '../../services/requests/requestParts.ts';

/** How many calls this process made to each limiter, and how many of them were refused. */
export class CallCounter {
  readonly #counts = new Map<string, number>();

  readonly count = ({ baseUrl, limiter, was }: CountedCall): void => {
    const id = idOf(baseUrl, limiter, was);
    this.#counts.set(id, (this.#counts.get(id) ?? 0) + 1);
  };

  countOf(baseUrl: string, limiter: string, was: CountedCall['was']): number {
    return this.#counts.get(idOf(baseUrl, limiter, was)) ?? 0;
  }
}

function idOf(baseUrl: string, limiter: string, was: CountedCall['was']): string {
  return `${was} ${limiter} ${baseUrl}`;
}
