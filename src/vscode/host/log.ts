import * as vscode from 'vscode';
import type { Log } from '../../core/ports/log.ts';
import { redactor } from '../../redaction/redactor.ts';

/**
 * VS Code makes links of whole addresses in an output channel, and those in a line may be a gateway's. A space ends
 * that, and what is read is still what was said.
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
      // Relatives of VS Code may know no levels, and give a plain channel.
      if (typeof log[level] === 'function') log[level](clean);
      else log.appendLine(`[${level}] ${clean}`);
    } catch {
      // No line is worth the work that it tells of.
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
