import type { Findings } from './findings.ts';

/** A variable of OpenTelemetry that is set. An empty one is not, as its specification says. */
interface ExporterVariable {
  readonly name: string;
  readonly text: string;
}

/** The variables by which OpenTelemetry’s exporters are set up; what is wrong with one is said without its value. */
export class ExporterVariables {
  readonly #findings: Findings;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  find(name: string): ExporterVariable | undefined {
    const text = this.#findings.places.environment[name]?.trim() ?? '';
    return text === '' ? undefined : { name, text };
  }

  /** What is said for metrics, else what is said for all that is pushed. */
  ofExporter(ending: string): ExporterVariable | undefined {
    return this.find(`OTEL_EXPORTER_OTLP_METRICS_${ending}`) ?? this.find(`OTEL_EXPORTER_OTLP_${ending}`);
  }

  milliseconds(variable: ExporterVariable | undefined, least: number, usual: number): number {
    if (!variable) return usual;
    if (/^\d{1,9}$/.test(variable.text) && Number(variable.text) >= least) return Number(variable.text);
    this.wrong(variable, `This must be a whole number of milliseconds, ${least} or more.`);
    return usual;
  }

  /** `name=value,name=value`, with values in per cent encoding. */
  pairs(name: string): Readonly<Record<string, string>> {
    const variable = this.find(name);
    if (!variable) return {};
    const pairs: Record<string, string> = {};
    for (const [index, entry] of variable.text.split(',').entries()) {
      if (entry.trim() === '') continue;
      const [, key, written = ''] = /^\s*([^\s=]+)\s*=(.*)$/s.exec(entry) ?? [];
      const value = decoded(written.trim());
      // The message quotes no part of it: it may be a secret without a name.
      if (key === undefined || value === undefined)
        this.wrong(variable, `Entry ${index + 1} of this list is not name=value, with %20 for a space.`);
      else pairs[key] = value;
    }
    return pairs;
  }

  wrong({ name }: Pick<ExporterVariable, 'name'>, sentence: string): void {
    this.#findings.wrong([name], sentence);
  }

  doubtful({ name }: ExporterVariable, sentence: string): void {
    this.#findings.doubtful([name], sentence);
  }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
