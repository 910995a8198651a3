import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { projectRoot } from '../host/project.ts';

const IMPORT = "import * as l10n from '@vscode/l10n';\n";

/**
 * All texts in `src/`, in English, as `vscode-l10n-dev export` finds them: the first argument of every `l10n.t(…)`.
 * It knows no other name for `t`, so there is one way to import it.
 *
 * Files with the same import are given as one, because the extractor compiles its queries again for each file
 * (0.1 s, 10 s for all).
 *
 * @throws where a file imports `@vscode/l10n` in another way.
 */
export async function extractTexts(): Promise<ReadonlySet<string>> {
  const sources = globSync('src/**/*.ts', { cwd: projectRoot }).map(file =>
    readFileSync(join(projectRoot, file), 'utf8'),
  );
  const alike = sources.filter(source => source.includes(IMPORT)).map(source => source.replace(IMPORT, ''));
  const others = sources.filter(source => !source.includes(IMPORT));
  const odd = [...alike, ...others].find(source => source.includes("from '@vscode/l10n'"));
  if (odd !== undefined) throw new Error(`Write ${IMPORT.trim()} and l10n.t(…), not:\n${odd.slice(0, 500)}`);
  const files = [IMPORT + alike.join('\n'), ...others].map(contents => ({ extension: '.ts', contents }));
  return new Set(Object.keys(await getL10nJson(files)));
}
