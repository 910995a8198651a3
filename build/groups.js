import { basename } from 'node:path';

/** The files of a build with `splitting`, by name. */
export class Chunks {
  #texts;
  #outputs;

  constructor({ outputFiles, metafile }) {
    this.#texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
    this.#outputs = new Map(
      Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]),
    );
  }

  get names() {
    return [...this.#texts.keys()];
  }

  text(name) {
    return this.#texts.get(name);
  }

  output(name) {
    return this.#outputs.get(name);
  }

  /** The file of an entry. */
  entry(source) {
    const found = this.names.find(name => this.output(name).entryPoint === source);
    if (!found) throw new Error(`The build has no entry ${source}.`);
    return found;
  }

  /** A file, and all that it imports. */
  closure(name, found = new Set()) {
    if (found.has(name)) return found;
    found.add(name);
    for (const { path, kind, external } of this.output(name).imports) {
      if (kind === 'import-statement' && !external) this.closure(basename(path), found);
    }
    return found;
  }

  /** What a file imports from others, as esbuild writes it. */
  importsOf(name) {
    return [...this.text(name).matchAll(/^import \{([^}]*)\} from "\.\/([^"]+)";$/gm)].map(
      ([, names, from]) => ({ from, names: names.split(',').map(each => each.trim().split(' as ')[0]) }),
    );
  }
}

/** The file of small chunks. Those of more bytes than this, before they are minified, stay files of their own. */
const SMALL = { file: 'late.js', bytes: 24_000 };

/** Chunks that become one file. */
class Group {
  #chunks;
  /** What other files import, as `member name` → the name by which the file exports it. */
  #exported = new Map();
  /** What the file imports: the same from each other file. */
  imported = new Map();

  /**
   * @param entry the member that the file stands for: it exports what that one does.
   * @param parts members that are loaded late, each by itself: the file exports each as a whole.
   */
  constructor(chunks, file, members, entry, parts = []) {
    this.#chunks = chunks;
    this.file = file;
    this.members = members;
    this.entry = entry;
    this.parts = parts;
  }

  /** The name by which the file exports a name of a member. */
  export(member, name) {
    const id = `${member} ${name}`;
    const alias = member === this.entry ? name : `_${this.#exported.size.toString(36)}`;
    if (!this.#exported.has(id)) this.#exported.set(id, alias);
    return [id, this.#exported.get(id)];
  }

  /** The name by which the file exports a part. */
  partName(name) {
    return `part${this.parts.indexOf(name)}`;
  }

  /** Notes what the members import from the members of other groups. */
  noteImports(groupOf) {
    for (const member of this.members) {
      for (const { from, names } of this.#chunks.importsOf(member)) {
        const other = groupOf(from);
        if (other === this) continue;
        if (!this.imported.has(other)) this.imported.set(other, new Map());
        for (const name of names) this.imported.get(other).set(...other.export(from, name));
      }
    }
  }

  /** A module with all members, which exports what other files import. */
  get contents() {
    const lines = [...this.members].map(member => `import './${member}';`);
    for (const [id, alias] of this.#exported) {
      const [member, name] = id.split(' ');
      if (member !== this.entry) lines.push(`export { ${name} as ${alias} } from './${member}';`);
    }
    for (const part of this.parts) lines.push(`export * as ${this.partName(part)} from './${part}';`);
    if (this.entry) lines.push(`export * from './${this.entry}';`);
    return lines.join('\n');
  }
}

/** All files of the result of merging: see `mergeChunks`. */
export class Groups {
  all = [];

  constructor(chunks, sources, beside) {
    const add = (file, members, entry, parts) => {
      const own = [...members].filter(name => !this.of(name));
      this.all.push(new Group(chunks, file, new Set(own), entry, parts));
    };
    const [first, ...others] = sources.map(source => chunks.entry(source));
    const ofBeside = chunks.closure(chunks.entry(beside));
    add(
      'base.js',
      [...chunks.closure(first)].filter(name => ofBeside.has(name)),
    );
    add(first, chunks.closure(first), first);
    add(chunks.entry(beside), ofBeside, chunks.entry(beside));
    for (const entry of others) add(entry, chunks.closure(entry), entry);
    const small = this.#smallChunks(chunks);
    add(
      SMALL.file,
      small,
      undefined,
      small.filter(name => chunks.output(name).entryPoint),
    );
    for (const name of chunks.names) if (!this.of(name)) add(name, [name], name);
    for (const group of this.all) group.noteImports(name => this.of(name));
  }

  /** The small ones of the chunks that are left, and that import nothing from larger ones: files never import in a circle. */
  #smallChunks(chunks) {
    let small = chunks.names.filter(name => !this.of(name) && chunks.output(name).bytes <= SMALL.bytes);
    for (let count = Infinity; small.length < count; ) {
      count = small.length;
      const isClosed = name => [...chunks.closure(name)].every(each => this.of(each) || small.includes(each));
      small = small.filter(isClosed);
    }
    return small;
  }

  /** The group of a chunk. */
  of(name) {
    return this.all.find(({ members }) => members.has(name));
  }

  withFile(file) {
    return this.all.find(group => group.file === file);
  }
}
