/** A column of a table. */
export interface TableColumn {
  readonly head: string;
  /** Numbers are aligned to the right, so that their digits are below each other. */
  readonly isNumber?: boolean;
}

/** A part of a document. Texts are plain: whatever writes the document escapes them. */
export type Block =
  /** Level 1 is the document's title. */
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string; readonly isStrong?: boolean }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly TableColumn[];
      readonly rows: readonly (readonly string[])[];
    }
  /** A picture in a file beside the document. `text` says what is seen. */
  | { readonly kind: 'picture'; readonly file: string; readonly svg: string; readonly text: string };

export function heading(level: number, text: string): Block {
  return { kind: 'heading', level, text };
}

export function paragraph(text: string): Block {
  return { kind: 'paragraph', text };
}

export function strongParagraph(text: string): Block {
  return { kind: 'paragraph', text, isStrong: true };
}

export function list(items: readonly string[]): Block {
  return { kind: 'list', items };
}

export function table(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): Block {
  return { kind: 'table', columns, rows };
}
