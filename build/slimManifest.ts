import type { ZipEntry } from './zip.ts';

/** What a manifest has for those alone who build the extension. */
const OF_BUILDS = ['scripts', 'devDependencies', 'dependencies', 'allowScripts'];

/** A file of a package as an editor needs it: JSON without spaces, and the manifest without what builds it. */
export function slimmed({ name, content }: Pick<ZipEntry, 'name' | 'content'>): Buffer {
  if (!name.startsWith('extension/') || !name.endsWith('.json')) return content;
  const members = JSON.parse(content.toString('utf8')) as Record<string, unknown>;
  if (name === 'extension/package.json') for (const member of OF_BUILDS) delete members[member];
  return Buffer.from(JSON.stringify(members));
}
