import type { ZipEntry } from './zip.ts';

/** What a manifest has for those alone who build the extension. */
const OF_BUILDS = ['scripts', 'devDependencies', 'dependencies', 'allowScripts'];

const FOLDER = 'extension/';
const MANIFEST = `${FOLDER}package.json`;
const ENGLISH = `${FOLDER}package.nls.json`;
const TEXTS = /^extension\/package\.nls(?:\.[\w-]+)?\.json$/;

type File = Pick<ZipEntry, 'name' | 'content'>;

/**
 * The files of a package as an editor needs them: JSON without spaces, the manifest without what builds it, and the
 * names by which it finds its texts as short as they can be, in all languages.
 */
export function slimmed<Entry extends File>(entries: readonly Entry[]): readonly Entry[] {
  const english = entries.find(({ name }) => name === ENGLISH);
  const names = Object.keys(english ? membersOf(english) : {});
  const short = new Map(names.map((name, index) => [name, index.toString(36)]));
  return entries.map(entry => {
    if (!entry.name.startsWith(FOLDER) || !entry.name.endsWith('.json')) return entry;
    const members = membersOf(entry);
    const slim = () => {
      if (entry.name === MANIFEST) return slimManifest(members, short);
      return TEXTS.test(entry.name) ? renamed(members, short) : members;
    };
    return { ...entry, content: Buffer.from(JSON.stringify(slim())) };
  });
}

type Members = Readonly<Record<string, unknown>>;

function membersOf({ content }: File): Members {
  return JSON.parse(content.toString('utf8')) as Members;
}

function slimManifest(members: Members, short: ReadonlyMap<string, string>): unknown {
  const kept = Object.entries(members).filter(([name]) => !OF_BUILDS.includes(name));
  return JSON.parse(JSON.stringify(Object.fromEntries(kept)), (_name, value: unknown) => {
    const name = typeof value === 'string' ? short.get(/^%(.+)%$/.exec(value)?.[1] ?? '') : undefined;
    return name === undefined ? value : `%${name}%`;
  });
}

function renamed(texts: Members, short: ReadonlyMap<string, string>): Members {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [short.get(name) ?? name, text]));
}
