/** One call of `l10n.t` as it stands in the code: what is between its parentheses, an entry an argument. */
export interface TranslationCall {
  readonly file: string;
  readonly args: readonly string[];
}

/** Finds all calls of `l10n.t` in a file's text. */
export function translationCalls(file: string, text: string): TranslationCall[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return [...code.matchAll(/(?<![\w.])(?:vscode\.)?l10n\.t\(/g)].map(({ index, 0: call }) => ({
    file,
    args: argumentsAt(code, index + call.length),
  }));
}

/** The message in a literal's place; undefined when it is made up at run time. */
export function messageOf({ args }: TranslationCall): string | undefined {
  const literal = /^(['"`])([\s\S]*)\1$/.exec(args[0] ?? '');
  return literal && !(literal[1] === '`' && literal[2]?.includes('${')) ? literal[2] : undefined;
}

function argumentsAt(code: string, start: number): string[] {
  const args: string[] = [];
  let from = start;
  for (let at = start; at < code.length; at = afterPiece(code, at)) {
    const isEnd = code[at] === ')';
    if (!isEnd && code[at] !== ',') continue;
    const argument = code.slice(from, at).trim();
    if (argument !== '') args.push(argument);
    if (isEnd) return args;
    from = at + 1;
  }
  throw new Error('A call of l10n.t has no end.');
}

/** Where the piece of code that begins here ends: a whole string, a whole pair of brackets, or one character. */
function afterPiece(code: string, at: number): number {
  const character = code[at] ?? '';
  if (`'"\``.includes(character)) {
    const rest = new RegExp(`(?:\\\\[\\s\\S]|[^\\\\${character}])*${character}`, 'y');
    rest.lastIndex = at + 1;
    rest.test(code);
    return rest.lastIndex;
  }
  if (!'([{'.includes(character)) return at + 1;
  let inside = at + 1;
  while (inside < code.length && !')]}'.includes(code[inside] ?? '')) inside = afterPiece(code, inside);
  return inside + 1;
}
