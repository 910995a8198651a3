import { LANGUAGES, messages, textsOf } from './messages.ts';

/** Prints, as JSON, what each language still lacks and what it has too much. */
for (const language of LANGUAGES) {
  const said = [...new Set(messages().map(({ text }) => text))];
  const bundle = textsOf(`l10n/bundle.l10n.${language}.json`);
  const manifest = textsOf('package.nls.json');
  const translated = textsOf(`package.nls.${language}.json`);
  const report = {
    language,
    missing: said.filter(text => !(text in bundle)),
    extra: Object.keys(bundle).filter(text => !said.includes(text)),
    missingInManifest: Object.fromEntries(Object.entries(manifest).filter(([key]) => !(key in translated))),
    extraInManifest: Object.keys(translated).filter(key => !(key in manifest)),
  };
  process.stdout.write(`${JSON.stringify(report, null, 1)}\n`);
}
