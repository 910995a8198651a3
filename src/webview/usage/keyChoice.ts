import * as l10n from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { KeyToChoose } from '../../core/panels/usageMessages.ts';
import { countText } from '../../text/amount.ts';
import { button } from '../widgets/button.ts';
import { nameOf } from '../widgets/name.ts';

export interface KeyChoiceOptions {
  /** All keys there are. */
  readonly keys: readonly KeyToChoose[];
  /** The keys that are shown now. */
  readonly shown: readonly string[];
  /** What is ticked and not shown yet; undefined while nothing was changed. */
  readonly ticked: ReadonlySet<string> | undefined;
  readonly onTick: (ticked: ReadonlySet<string>) => void;
  readonly onChoose: (keyIds: readonly string[]) => void;
}

/** Which keys the page shows: one line that opens into a list with ticks. */
export function keyChoice(options: KeyChoiceOptions): TemplateResult | typeof nothing {
  const { keys, shown, onTick, onChoose } = options;
  if (keys.length < 2) return nothing;
  const known = keys.filter(({ id }) => shown.includes(id));
  const ticked = options.ticked ?? new Set(known.map(({ id }) => id));
  const tick = (id: string, isOn: boolean) => {
    const next = new Set(ticked);
    if (isOn) next.add(id);
    else next.delete(id);
    onTick(next);
  };
  const chosen = keys.filter(({ id }) => ticked.has(id)).map(({ id }) => id);
  const isNone = chosen.length === 0;
  return html`<details class="keys">
    <summary>${keysTitle(known.length, keys.length)}</summary>
    <div class="list" role="group" aria-label=${l10n.t('Keys')}>
      ${keys.map(
        ({ id, label }) => html`<label
          ><input
            type="checkbox"
            .checked=${live(ticked.has(id))}
            @change=${({ currentTarget }: Event) => tick(id, (currentTarget as HTMLInputElement).checked)}
          />${nameOf(label)}</label
        >`,
      )}
    </div>
    <div class="row">
      ${button(l10n.t('Show These Keys'), () => onChoose(chosen), { isUsable: !isNone })}
      ${button(l10n.t('Select All'), () => onTick(new Set(keys.map(({ id }) => id))))}
      ${button(l10n.t('Select None'), () => onTick(new Set()))}
      <span class="problem" role="status">${isNone ? l10n.t('Select at least one key.') : ''}</span>
    </div>
  </details>`;
}

function keysTitle(shown: number, all: number): string {
  return shown === all
    ? l10n.t('All {0} keys', countText(all))
    : l10n.t('{0} of {1} keys', countText(shown), countText(all));
}
