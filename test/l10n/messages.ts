import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../host/project.ts';

/** A message and the file that says it. */
export interface Message {
  readonly text: string;
  readonly file: string;
}

/** The languages beside English. */
export const LANGUAGES = ['zh-cn'] as const;

/** In the extension's first file, which loads none of ours, VS Code's own `t`. */
const CALL = /(?<![\w.])(?:t\(\s*|(?:vscode\.)?l10n\.t\(\s*(?=['"]))/g;
const LITERAL = /^'((?:[^'\\\n]|\\.)*)'|^"((?:[^"\\\n]|\\.)*)"/;

/** All messages the product says: the first argument of every `t(…)`, which must be a plain string. */
export function messages(): Message[] {
  const files = globSync('src/**/*.ts', { cwd: projectRoot }).filter(
    file => !file.endsWith('text/translate.ts'),
  );
  return files.flatMap(file => messagesIn(readFileSync(join(projectRoot, file), 'utf8'), file));
}

function messagesIn(source: string, file: string): Message[] {
  const code = source.replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');
  return [...code.matchAll(CALL)].map(call => {
    const rest = code.slice(call.index + call[0].length);
    const literal = LITERAL.exec(rest);
    if (!literal) throw new Error(`${file}: t(${rest.slice(0, 30)}… is not given a plain string`);
    const body = literal[1] ?? literal[2] ?? '';
    return { text: body.replace(/\\(['"\\])/g, '$1'), file };
  });
}

/** The holes in a message, `{0}`, in order of number. */
export function holesOf(text: string): string[] {
  return [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
}

/** A JSON file of texts by key; empty when there is none. */
export function textsOf(file: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(join(projectRoot, file), 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}
