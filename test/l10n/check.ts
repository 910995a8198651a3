import { bundleFaults, LANGUAGES } from './bundles.ts';
import { extractTexts } from './extractTexts.ts';

/** Prints, as JSON, what each language lacks and what it has too much, and fails when there is any of it. */
const texts = await extractTexts();
for (const language of LANGUAGES) {
  const faults = bundleFaults(language, texts);
  process.stdout.write(`${JSON.stringify({ language, texts: texts.size, ...faults }, null, 1)}\n`);
  if (Object.values(faults).some(({ length }) => length > 0)) process.exitCode = 1;
}
