import type { Configuration } from './configuration.ts';
import type { Findings } from './findings.ts';
import { HOW_TO_MAKE, LEAST_LENGTH } from './randomText.ts';
import type { SecretSource } from './secretSource.ts';

/**
 * The salt that a configuration names, if it names one. It must not equal one of `secrets`, which are given with the
 * names of their owners.
 */
export function configuredSalt(
  source: SecretSource,
  secrets: ReadonlyMap<string, string>,
  findings: Findings,
): Pick<Configuration, 'salt'> {
  if (source.file === undefined && source.env === undefined) return {};
  const salt = findings.secret([], source, 'salt');
  if (salt === undefined) return {};
  const names = [source.file === undefined ? 'saltEnv' : 'saltFile'];
  if (salt.length < LEAST_LENGTH)
    findings.wrong(names, `A salt must have at least ${LEAST_LENGTH} characters. ${HOW_TO_MAKE}`);
  const other = secrets.get(salt);
  if (other !== undefined)
    findings.wrong(
      names,
      `This salt is ${other} too, and every reader is told the salt: it needs one of its own. ${HOW_TO_MAKE}`,
    );
  return { salt };
}
