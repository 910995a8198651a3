import * as vscode from 'vscode';
import type { Log } from '../../core/ports/log.ts';
import { redactor } from '../../redaction/redactor.ts';

/**
 * VS Code turns complete addresses in an output channel into links, and an address in a line may come from a gateway. A
 * space prevents the link, and the line stays readable.
 */
function withoutLinks(line: string): string {
  return line.replaceAll('://', ': //');
}

type Level = 'info' | 'warn' | 'debug';

/** A log channel that VS Code creates when the first line is written, not on activation. */
export function createLog(name: string): Log & vscode.Disposable {
  let channel: vscode.LogOutputChannel | undefined;
  const open = () => {
    channel ??= vscode.window.createOutputChannel(name, { log: true });
    return channel;
  };
  const write = (level: Level) => (line: string) => {
    const clean = withoutLinks(redactor.redact(line));
    try {
      const log = open();
      // Forks of VS Code may have no log levels, and give a plain output channel.
      if (typeof log[level] === 'function') log[level](clean);
      else log.appendLine(`[${level}] ${clean}`);
    } catch {
      // A log line that cannot be written must not stop the work that it is about.
    }
  };
  return {
    info: write('info'),
    warn: write('warn'),
    debug: write('debug'),
    show: () => open().show(),
    dispose: () => channel?.dispose(),
  };
}
