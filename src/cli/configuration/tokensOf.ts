import type { Configuration, ConfiguredKey } from './configuration.ts';
import { configuredSalt } from './configuredSalt.ts';
import type { Findings } from './findings.ts';
import { matchesAny } from './namePattern.ts';
import { HOW_TO_MAKE, LEAST_LENGTH } from './randomText.ts';
import type { ConfigurationFile } from './schema.ts';

/** Readers and scrapers with their tokens, and the salt. No token may be used twice, nor for both kinds. */
export function tokensOf(
  { readers, scrapers, saltFile, saltEnv, keys: entries }: ConfigurationFile,
  keys: readonly ConfiguredKey[],
  findings: Findings,
): Pick<Configuration, 'readers' | 'scrapers' | 'salt'> {
  const seen = new Map<string, string>(keys.map(({ secret }) => [secret, 'the secret of a key']));
  const token = (
    {
      tokenFile,
      tokenEnv,
    }: { readonly tokenFile?: string | undefined; readonly tokenEnv?: string | undefined },
    names: readonly unknown[],
    whose: string,
  ) => {
    const text = findings.secret(names, { file: tokenFile, env: tokenEnv }, 'token');
    if (text === undefined) return [];
    if (text.length < LEAST_LENGTH || !/^[\x21-\x7e]+$/.test(text)) {
      findings.wrong(
        names,
        `A token must have at least ${LEAST_LENGTH} characters in one line, without blanks. ${HOW_TO_MAKE}`,
      );
      return [];
    }
    const other = seen.get(text);
    if (other !== undefined)
      findings.wrong(names, `This token is ${other} too: each needs one of its own. ${HOW_TO_MAKE}`);
    seen.set(text, whose);
    return [text];
  };
  const known = readers.flatMap(({ name, keys: patterns = ['*'], ...source }, index) => {
    for (const [at, pattern] of patterns.entries())
      if (!entries.some(key => matchesAny([pattern], key.name)))
        findings.doubtful(['readers', index, 'keys', at], 'No key is called so.');
    return token(source, ['readers', index], `readers[${index}]`).map(text => ({
      name,
      token: text,
      patterns,
    }));
  });
  const knownScrapers = scrapers.flatMap(({ name, ...source }, index) =>
    token(source, ['scrapers', index], `scrapers[${index}]`).map(text => ({
      name: name ?? `scrapers[${index}]`,
      token: text,
    })),
  );
  if (readers.length === 0 && scrapers.length === 0)
    findings.doubtful([], 'There are neither “readers” nor “scrapers”: nobody can ask this server anything.');
  return {
    readers: known,
    scrapers: knownScrapers,
    ...configuredSalt({ file: saltFile, env: saltEnv }, seen, findings),
  };
}
