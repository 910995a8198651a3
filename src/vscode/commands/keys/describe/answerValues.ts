import { jsonPathMistake } from '../../../../gateways/described/jsonPath.ts';

/** A single value of an answer, and the JSON path to it. */
export interface AnswerValue {
  readonly path: string;
  readonly value: string | number | boolean;
}

const MAX_VALUES = 200;
const MAX_DEPTH = 12;
/** What may stand after a dot in a JSON path. */
const PLAIN_NAME = /^[A-Za-z_]\w*$/;

/** The values of an answer that can be chosen, in its own order; texts too, since figures may be written as such. */
export function valuesIn(answer: unknown): readonly AnswerValue[] {
  const values: AnswerValue[] = [];
  collect(answer, '$', 0, values);
  return values;
}

function collect(value: unknown, path: string, depth: number, into: AnswerValue[]): void {
  if (into.length >= MAX_VALUES || depth > MAX_DEPTH) return;
  if (Array.isArray(value)) {
    for (const [index, each] of value.slice(0, MAX_VALUES).entries())
      collect(each, `${path}[${index}]`, depth + 1, into);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, each] of Object.entries(value)) collect(each, path + stepTo(name), depth + 1, into);
  } else if (value !== null && value !== undefined && jsonPathMistake(path) === undefined) {
    into.push({ path, value: value as AnswerValue['value'] });
  }
}

function stepTo(name: string): string {
  if (PLAIN_NAME.test(name)) return `.${name}`;
  return `['${name.replace(/[\\']/g, '\\$&')}']`;
}
