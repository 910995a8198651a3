import { mistake } from './mistakes.ts';
import { readSecretText, type SecretPlaces, type SecretSource } from './secretSource.ts';

/** Collects what is wrong with a configuration while it is read, so that all of it is said at once. */
export class Findings {
  readonly mistakes: string[] = [];
  readonly warnings: string[] = [];
  readonly places: SecretPlaces;

  constructor(places: SecretPlaces) {
    this.places = places;
  }

  wrong(names: readonly unknown[], sentence: string): void {
    this.mistakes.push(mistake(names, sentence));
  }

  doubtful(names: readonly unknown[], sentence: string): void {
    this.warnings.push(mistake(names, sentence));
  }

  /** Reads a secret, and takes down why there is none. `name` is what its members begin with: `token`, `tokenFile`. */
  secret(names: readonly unknown[], source: SecretSource, name: string): string | undefined {
    const { text, problem, warning } = readSecretText(
      source,
      { file: `${name}File`, env: `${name}Env` },
      this.places,
    );
    if (problem) this.wrong(names, problem);
    if (warning) this.doubtful(names, warning);
    return text;
  }
}
