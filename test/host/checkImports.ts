import { globSync, readFileSync } from 'node:fs';
import { cruise, type ICruiseOptions, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser';

/**
 * Imports run downwards only (`.dependency-cruiser.json`). Fails as well when fewer modules were read than there are
 * files: a parser that reads no files would find no mistakes.
 */
const { options, ...ruleSet } = JSON.parse(readFileSync('.dependency-cruiser.json', 'utf8')) as {
  options: ICruiseOptions;
  forbidden: IFlattenedRuleSet['forbidden'];
};
const { output } = await cruise(['src'], { ...options, ruleSet, validate: true });
const { modules, summary } = output as ICruiseResult;
const files = globSync('src/**/*.ts').filter(file => !file.endsWith('.d.ts'));
const read = modules.filter(({ source }) => source.startsWith('src/')).length;

const faults = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
if (read < files.length) faults.push(`Only ${read} of ${files.length} files were read.`);
process.stdout.write(
  `${[...faults, `${read} files, ${faults.length} imports that run upwards`].join('\n')}\n`,
);
if (faults.length > 0) process.exitCode = 1;
