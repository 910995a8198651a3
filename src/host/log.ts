import * as vscode from 'vscode';
import { redactor } from '../http/redact.ts';

/** Where engineers look. Every line passes the redactor. */
export interface Log {
  info(line: string): void;
  warn(line: string): void;
  debug(line: string): void;
  show(): void;
}

/** A log channel that VS Code creates when the first line is written, not on activation. */
export function createLog(name: string): Log & vscode.Disposable {
  let channel: vscode.LogOutputChannel | undefined;
  const open = () => {
    channel ??= vscode.window.createOutputChannel(name, { log: true });
    return channel;
  };
  return {
    info: line => open().info(redactor.redact(line)),
    warn: line => open().warn(redactor.redact(line)),
    debug: line => open().debug(redactor.redact(line)),
    show: () => open().show(),
    dispose: () => channel?.dispose(),
  };
}
