import { basename, dirname, posix } from 'node:path';
import * as esbuild from 'esbuild';
import { Chunks, Groups } from './groups.js';

/**
 * Merges chunks of a build with `splitting` that are always loaded together. esbuild makes a chunk for each set of
 * entries that share code: a file that imports much of it loads dozens of chunks, which cost time, the names by which
 * they know each other, and compression.
 *
 * Small chunks of what is left become one file too, since each file costs a name and an index in the package, and small
 * ones compress badly.
 *
 * @param {import('esbuild').BuildResult} built with `metafile: true`, `write: false`, and white space as it is.
 * @param {readonly string[]} sources entries: each gets all that it imports and that is in none of those before it.
 * @param {string} beside what this entry and the first of `sources` both import becomes a file of its own, so that
 *   either can be loaded where the other fails.
 * @param {import('esbuild').BuildOptions} options for the result.
 * @returns {Promise<import('esbuild').Metafile>} of the result.
 */
export async function mergeChunks(built, sources, beside, options) {
  const chunks = new Chunks(built);
  const groups = new Groups(chunks, sources, beside);
  const result = await esbuild.build({
    ...options,
    metafile: true,
    entryPoints: groups.all.map(({ file }) => ({ in: file, out: file.replace(/\.js$/, '') })),
    plugins: [...(options.plugins ?? []), asGroups(chunks, groups)],
  });
  return { inputs: built.metafile.inputs, outputs: outputsOf(result.metafile, chunks) };
}

/** Builds each group from its members. Other files are imported once each, with no more names than are used. */
function asGroups(chunks, groups) {
  return {
    name: 'groups',
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path, kind, importer, namespace, pluginData: group }) => {
        if (kind === 'entry-point') return { path, namespace: 'group', pluginData: groups.withFile(path) };
        if (kind === 'dynamic-import' || namespace === 'file-of-others') return { path, external: true };
        // A chunk of another file is a module that exports its names from a module for that file.
        if (namespace === 'chunk-of-others') {
          return { path: importer.split(' ')[0], namespace: 'file-of-others', pluginData: group };
        }
        const name = basename(path);
        const other = groups.of(name);
        if (!other) return { path, external: true };
        return other === group
          ? { path: name, namespace: 'chunk', pluginData: group }
          : { path: `${group.file}:${other.file} ${name}`, namespace: 'chunk-of-others', pluginData: group };
      });
      const load = (namespace, contentsOf) =>
        build.onLoad({ filter: /.*/, namespace }, ({ path, pluginData: group }) => ({
          contents: contentsOf(path, group),
          pluginData: group,
        }));
      const importedFrom = (path, group) =>
        group.imported.get(groups.withFile(path.split(/[: ]/)[1])) ?? new Map();
      load('group', (_path, group) => group.contents);
      load('chunk', path => withParts(chunks.text(path), groups));
      load('chunk-of-others', (path, group) => {
        const names = [...importedFrom(path, group)]
          .map(([id, alias]) => [...id.split(' '), alias])
          .filter(([member]) => path.endsWith(` ${member}`))
          .map(([, name, alias]) => `${alias} as ${name}`);
        return names.length > 0 ? `export { ${names.join(', ')} } from '.';` : `import '.';`;
      });
      load('file-of-others', (path, group) => {
        const names = [...importedFrom(path, group).values()];
        const file = `'./${path.split(':')[1]}'`;
        return names.length > 0 ? `export { ${names.join(', ')} } from ${file};` : `import ${file};`;
      });
    },
  };
}

/** A chunk that finds what it imports late where that is a part of a file. */
function withParts(text, groups) {
  return text.replaceAll(/\bimport\("\.\/([^"]+)"\)/g, (whole, name) => {
    const group = groups.of(name);
    if (!group?.parts.includes(name)) return whole;
    return `import("./${group.file}").then((all) => all.${group.partName(name)})`;
  });
}

/** What the metafile says of the result: by sources, not by the chunks of the first build. */
function outputsOf({ outputs }, chunks) {
  return Object.fromEntries(
    Object.entries(outputs).map(([file, output]) => {
      const imports = output.imports.map(({ path, kind, external }) =>
        path.startsWith('./') ? { path: posix.join(dirname(file), path), kind } : { path, kind, external },
      );
      const entryPoint = chunks.output(basename(file))?.entryPoint;
      return [
        file,
        { ...output, inputs: sizesIn(output, chunks), imports, ...(entryPoint && { entryPoint }) },
      ];
    }),
  );
}

/** How much of a file comes from each source: as much of each chunk in it as of the chunk itself. */
function sizesIn({ inputs }, chunks) {
  const sizes = {};
  for (const [id, { bytesInOutput }] of Object.entries(inputs)) {
    const chunk = chunks.output(id.replace(/^chunk:/, ''));
    if (!chunk) continue;
    for (const [source, { bytesInOutput: before }] of Object.entries(chunk.inputs)) {
      sizes[source] = { bytesInOutput: Math.round((before / chunk.bytes) * bytesInOutput) };
    }
  }
  return sizes;
}
