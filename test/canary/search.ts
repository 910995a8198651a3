import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { traceIn } from './traces.ts';
import { unlessGone } from './unlessGone.ts';

/** What a search went through, and where it found a marked secret. Plain data, so that processes can hand it on. */
export interface Searched {
  readonly files: number;
  /** The bytes of the searched files and texts. */
  readonly bytes: number;
  readonly requests: number;
  readonly found: readonly string[];
}

/** A search for marked secrets in everything that a run of tests leaves anywhere. */
export class Search {
  #files = 0;
  #bytes = 0;
  #requests = 0;
  readonly #found: string[] = [];

  /** Every file in a folder, whatever its kind; what is gone meanwhile was not left. Links are not followed. */
  folder(path: string): void {
    for (const entry of unlessGone(() => readdirSync(path, { withFileTypes: true })) ?? []) {
      const inner = join(path, entry.name);
      if (entry.isDirectory()) this.folder(inner);
      else if (entry.isFile()) this.#file(inner);
    }
  }

  /** What was shown, logged or drawn. */
  text(where: string, text: string): void {
    this.#bytes += text.length;
    this.#note(where, text);
  }

  /** A request as its receiver saw it, without what was meant for it. */
  request(where: string, rest: string): void {
    this.#requests++;
    this.#note(where, rest);
  }

  /** What another process searched. */
  add({ files, bytes, requests, found }: Searched): void {
    this.#files += files;
    this.#bytes += bytes;
    this.#requests += requests;
    this.#found.push(...found);
  }

  get result(): Searched {
    return { files: this.#files, bytes: this.#bytes, requests: this.#requests, found: [...this.#found] };
  }

  #file(path: string): void {
    const bytes = unlessGone(() => readFileSync(path));
    if (!bytes) return;
    this.#files++;
    this.#bytes += bytes.length;
    // One character a byte, so that nothing is lost of binary files.
    this.#note(path, bytes.toString('latin1'));
    this.#note(`the name of ${path}`, path);
  }

  #note(where: string, text: string): void {
    const trace = traceIn(text);
    if (trace) this.#found.push(`${where}: ${trace}`);
  }
}

/** The search of this process. */
export const canary = new Search();

/** One line for people, and one for each find. */
export function searchedText({ files, bytes, requests, found }: Searched): string {
  const [fileCount, byteCount, requestCount] = [files, bytes, requests].map(each =>
    each.toLocaleString('en'),
  );
  const line = `canary: ${fileCount} files, ${byteCount} bytes, ${requestCount} requests searched, ${found.length} found`;
  return [line, ...found].join('\n  ');
}
