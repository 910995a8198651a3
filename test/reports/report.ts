import { readdirSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { gateways } from '../../src/gateways/registry.ts';

/**
 * One answer of the gateway. `json` is sent as JSON, `text` as it stands. Texts may hold `{now+3600}` and
 * `{now-60}`: epoch seconds of the report's clock.
 */
const answerSchema = v.strictObject({
  status: v.optional(v.number(), 200),
  headers: v.optional(v.record(v.string(), v.string()), {}),
  json: v.optional(v.unknown()),
  text: v.optional(v.string()),
});

/** What a person must read once the step is over. What is not named is not looked at. */
const rightSchema = v.strictObject({
  /** One of these. */
  status: v.optional(v.union([v.string(), v.array(v.string())])),
  /** `KeyState.failure.class`, one of these; null: no failure. */
  failure: v.optional(v.nullable(v.union([v.string(), v.array(v.string())]))),
  unit: v.optional(v.string()),
  unlimited: v.optional(v.boolean()),
  /** null: not known. */
  remaining: v.optional(v.nullable(v.number())),
  used: v.optional(v.nullable(v.number())),
  granted: v.optional(v.nullable(v.number())),
  balance: v.optional(v.nullable(v.number())),
  /** null: never. */
  expiresAt: v.optional(v.nullable(v.string())),
  models: v.optional(v.nullable(v.array(v.string()))),
  /** Names of the account's keys, in the order of the list. */
  keys: v.optional(v.array(v.string())),
  budget: v.optional(v.nullable(v.record(v.string(), v.unknown()))),
  /** What the sentence about a failure says, in English, and what it must not say. */
  says: v.optional(v.string()),
  saysNot: v.optional(v.array(v.string())),
  /** Whether it will be asked again by itself. */
  asksAgain: v.optional(v.boolean()),
  /** Minutes until then, at least and at most. */
  notBefore: v.optional(v.number()),
  notAfter: v.optional(v.number()),
});

/** What a range of the days before must say. */
const rangeSchema = v.strictObject({
  days: v.number(),
  /** null: no total may be told. */
  used: v.nullable(v.number()),
  complete: v.optional(v.boolean()),
  requests: v.optional(v.number()),
});

const stepSchema = v.strictObject({
  /** Minutes that pass before the step. */
  after: v.optional(v.number(), 0),
  /** By path; `*` is any other path. Stays for later steps until it is replaced. */
  answers: v.optional(v.record(v.string(), answerSchema), {}),
  /** Whether the key is asked now; else only time passes. */
  asks: v.optional(v.boolean(), true),
  right: v.optional(rightSchema),
  range: v.optional(rangeSchema),
});

const reportSchema = v.strictObject({
  /** `owner/repo#n` of the public report. */
  source: v.pipe(v.string(), v.regex(/^[\w.-]+\/[\w.-]+#\d+$/)),
  /** What went wrong there, in a sentence of ours. */
  about: v.string(),
  kind: v.picklist(gateways.map(({ kind }) => kind)),
  credential: v.optional(v.picklist(['apiKey', 'queryKey', 'accessToken', 'managementKey']), 'apiKey'),
  userId: v.optional(v.string()),
  steps: v.pipe(v.array(stepSchema), v.minLength(1)),
});

export type Report = v.InferOutput<typeof reportSchema>;
export type Answer = v.InferOutput<typeof answerSchema>;
export type Step = v.InferOutput<typeof stepSchema>;
export type Right = v.InferOutput<typeof rightSchema>;

const FOLDER = new URL('cases/', import.meta.url);

/** The file of a report is named after its source: `owner--repo--n.json`. */
export function fileNameOf({ source }: Pick<Report, 'source'>): string {
  return `${source.replace(/[/#]/g, '--')}.json`;
}

/** All reports, by file name. Throws where one has a member that the runner does not know. */
export function readReports(): ReadonlyMap<string, Report> {
  const names = readdirSync(FOLDER).filter(name => name.endsWith('.json'));
  return new Map(names.map(name => [name, parse(name)]));
}

function parse(name: string): Report {
  const parsed = v.safeParse(reportSchema, JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')));
  if (!parsed.success) throw new Error(`${name}: ${v.summarize(parsed.issues)}`);
  return parsed.output;
}
