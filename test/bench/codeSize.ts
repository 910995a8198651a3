import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { projectRoot } from '../host/project.ts';
import { run } from '../host/run.ts';

/** The part of esbuild's metafile that sizes are read from. */
interface Metafile {
  readonly outputs: Readonly<Record<string, Output>>;
}

interface Output {
  readonly bytes: number;
  readonly entryPoint?: string;
  readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];
  readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
}

export interface CodeSize {
  /** Bytes of minified code that are loaded before the first figure is on screen. */
  readonly atActivation: number;
  /** The sources they come from, the largest first. */
  readonly sources: readonly (readonly [file: string, bytes: number])[];
}

/** Activation loads the first and, through it, the second; all else is loaded when it is asked for. */
const LOADED_AT_ONCE = ['src/vscode/extension.ts', 'src/vscode/main.ts'];

/** Builds for production, into a folder of its own, and weighs what activation loads. */
export async function codeSize(): Promise<CodeSize> {
  const folder = await mkdtemp(join(tmpdir(), 'key-quota-size-'));
  try {
    const metafile = join(folder, 'meta.json');
    const outdir = relative(projectRoot, join(folder, 'dist'));
    const options = ['--production', `--outdir=${outdir}`, `--metafile=${metafile}`];
    await run(process.execPath, ['esbuild.js', ...options], { cwd: projectRoot });
    return sizeOf(JSON.parse(await readFile(metafile, 'utf8')) as Metafile);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Weighs what activation loads, given what was built. */
export function sizeOf({ outputs }: Metafile): CodeSize {
  const loaded = new Set<string>();
  const load = (file: string) => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const { path, kind, external } of outputs[file]?.imports ?? []) {
      if (kind === 'import-statement' && !external) load(path);
    }
  };
  for (const source of LOADED_AT_ONCE) {
    const entry = Object.keys(outputs).find(file => outputs[file]?.entryPoint === source);
    if (!entry) throw new Error(`The build has no entry ${source}.`);
    load(entry);
  }
  const bySource = new Map<string, number>();
  for (const file of loaded) {
    for (const [source, { bytesInOutput }] of Object.entries(outputs[file]?.inputs ?? {})) {
      bySource.set(source, (bySource.get(source) ?? 0) + bytesInOutput);
    }
  }
  return {
    atActivation: [...loaded].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0),
    sources: [...bySource].sort(([, a], [, b]) => b - a),
  };
}
