import { diagnosticsText } from '../../services/diagnostics/diagnosticsText.ts';
import { changedSettings, installationFacts } from '../host/installation.ts';
import type { CommandParts } from './commandParts.ts';

/** Diagnostics of this window as Markdown. */
export function collectDiagnostics(parts: CommandParts, withNames: boolean): string {
  const { monitor, store, clock } = parts;
  return diagnosticsText({
    facts: installationFacts(),
    store,
    settings: changedSettings(),
    keys: monitor.snapshot,
    now: clock.now(),
    withNames,
  });
}
