import * as vscode from 'vscode';
import type { Remark } from '../../../host/forms.ts';

/** A remark that only informs. */
export function infoRemark(message: string): Remark {
  return { message, severity: vscode.InputBoxValidationSeverity.Info };
}
