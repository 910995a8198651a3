import { copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { builtins } from './builtins.js';
import { slimOtlp } from './slimOtlp.js';
import { slimUndici } from './slimUndici.js';
import { slimYaml } from './slimYaml.ts';

/** What a team installs beside the server, which docs/team.md goes through. */
const DEPLOYED = [
  'Containerfile',
  'alertmanager/alertmanager.yml',
  'grafana/key-quota.json',
  'key-quota.example.json',
  'key-quota.schema.json',
  'kubernetes.yaml',
  'prometheus/key-quota.rules.yml',
  'prometheus/scrape.yml',
  'systemd/key-quota.service',
];

/**
 * Builds the package for npm: the command, with all libraries in it, so that nothing else is installed with it.
 *
 * @param {string} folder where to
 * @param {import('esbuild').BuildOptions} common what is the same for everything that runs in Node
 */
export async function buildCommandLine(folder, common) {
  const { name, version, license, description } = manifest();
  const options = { ...common, outdir: folder, metafile: true };
  const built = [
    await esbuild.build({
      ...options,
      entryPoints: ['src/cli/main.ts'],
      splitting: true,
      chunkNames: '[name]-[hash]',
      define: { KEY_QUOTA_VERSION: JSON.stringify(version), esbuildDetection: '"bundled"' },
      plugins: [builtins, slimOtlp, slimUndici, slimYaml],
    }),
    // What the store loads without waiting, which only CommonJS can be.
    await esbuild.build({
      ...options,
      format: 'cjs',
      entryPoints: { migrationSteps: 'src/store/migrationSteps.ts' },
      outExtension: { '.js': '.cjs' },
    }),
  ];
  mkdirSync(folder, { recursive: true });
  for (const file of ['key-quota.cjs', 'start.cjs']) copyFileSync(join('src/cli', file), join(folder, file));
  copyFileSync('LICENSE', join(folder, 'LICENSE'));
  copyFileSync('src/cli/README.md', join(folder, 'README.md'));
  for (const path of DEPLOYED) cpSync(join('deploy', path), join(folder, 'deploy', path));
  const packaged = {
    name,
    version,
    description,
    license,
    type: 'module',
    bin: { [name]: './key-quota.cjs' },
    engines: { node: '>=22.16' },
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(packaged, null, 2)}\n`);
  return built.map(({ metafile }) => metafile);
}

function manifest() {
  const { name, version, license } = JSON.parse(readFileSync('package.json', 'utf8'));
  return {
    name,
    version,
    license,
    description: 'What is left on the keys of LLM gateways, for teams and for agents',
  };
}
