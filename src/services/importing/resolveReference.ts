/** The forms in which a file names an environment variable in place of a secret. */
const VARIABLE_FORMS: readonly RegExp[] = [
  /^\{env:([A-Za-z_]\w*)\}$/,
  /^\$\{?(?:env:)?([A-Za-z_]\w*)\}?$/,
  /^%([A-Za-z_]\w*)%$/,
  /^os\.environ\/([A-Za-z_]\w*)$/,
  /^process\.env\.([A-Za-z_]\w*)$/,
];
/** A file, a program, a vault or a store of secrets. */
const ELSEWHERE = /^(?:\{(?:file|cmd|exec):|\$\{\{|\$\(|[a-z][a-z0-9+.-]*:\/\/|!|keyring:|secret:|vault:)/i;

/** The environment variable that a text stands for; undefined for other texts. */
export function referencedVariable(text: string): string | undefined {
  for (const form of VARIABLE_FORMS) {
    const name = form.exec(text.trim())?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}

/** Whether a text says where the secret is and is none itself. Such places are not opened. */
export function isReference(text: string): boolean {
  return referencedVariable(text) !== undefined || ELSEWHERE.test(text.trim());
}
