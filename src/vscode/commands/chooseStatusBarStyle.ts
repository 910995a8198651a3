import * as l10n from '@vscode/l10n';
import * as v from 'valibot';
import * as vscode from 'vscode';
import { askText, type Remark } from '../host/forms.ts';
import { acceptedItem } from '../host/quickPickChoice.ts';
import { settingEntries } from '../host/settingEntries.ts';
import { type ShownText, shown, withRemark } from '../host/shownText.ts';
import { STATUS_BAR_STYLES, type StatusBarStyle } from '../host/statusBarChoices.ts';
import { DEFAULT_LOOK } from '../host/statusBarLook.ts';
import { readStatusBarLook, setStatusBarStyle, setStatusBarTemplate } from '../host/statusBarSettings.ts';
import { type ShownItem, window } from '../host/window.ts';
import { ownFigure } from '../statusBar/statusBarFigure.ts';
import { TEMPLATE_FIELDS, unknownFields } from '../statusBar/statusBarTemplate.ts';
import { leadingKey, statusBarText } from '../statusBar/statusBarText.ts';
import { withErrorText } from './argumentSchema.ts';
import { defineCommand } from './command.ts';
import type { CommandParts } from './commandParts.ts';

const MAX_TEMPLATE = settingEntries['statusBar.template'].maxLength;

const FIELDS = TEMPLATE_FIELDS.map(field => `{${field}}`).join(' ');

const styleMember = withErrorText(v.picklist(STATUS_BAR_STYLES), () =>
  l10n.t('The style must be one of: {0}', STATUS_BAR_STYLES.join(', ')),
);

const templateMember = withErrorText(v.pipe(v.string(), v.maxLength(MAX_TEMPLATE)), () =>
  l10n.t('The template must be a text of {0} characters at most.', MAX_TEMPLATE),
);

/**
 * `keyQuota.chooseStatusBarStyle`: what the status bar shows beside a key's name. While a person moves through the
 * list, the status bar previews each style. By argument the name of a style, as a text or `{ style }`, or
 * `{ template }`.
 */
export const chooseStatusBarStyle = defineCommand({
  palette: 'always',
  menus: [{ menu: 'view/title', group: '7_look' }],
  argument: { members: { style: styleMember, template: templateMember }, textMeans: 'style' },
  run: async (parts, { members }) => {
    const chosen = members.style ?? (members.template === undefined ? await askStyle(parts) : 'template');
    const isAsked = chosen === 'template' && members.style === undefined && members.template === undefined;
    const template = isAsked ? await askTemplate(parts) : members.template;
    const style = isAsked && template === undefined ? undefined : chosen;
    if (template !== undefined) await setStatusBarTemplate(template);
    if (style) await setStatusBarStyle(style);
    parts.views.statusBar.preview(undefined);
    return style;
  },
});

interface StyleItem extends ShownItem {
  readonly style: StatusBarStyle;
}

async function askStyle(parts: CommandParts): Promise<StatusBarStyle | undefined> {
  const pick = window.createQuickPick<StyleItem>();
  pick.title = shown(l10n.t('Status Bar Style'));
  pick.placeholder = shown(l10n.t('Move through the list and watch the status bar'));
  pick.items = STATUS_BAR_STYLES.map(style => ({
    style,
    label: shown(styleName(style)),
    description: exampleOf(parts, style),
  }));
  const current = readStatusBarLook().style;
  pick.activeItems = pick.items.filter(({ style }) => style === current);
  pick.onDidChangeActive(([item]) => item && parts.views.statusBar.preview({ style: item.style }));
  return (await acceptedItem(pick))?.style;
}

/** Asks for a template. While a person types, the status bar previews it. */
async function askTemplate({ views }: CommandParts): Promise<string | undefined> {
  const { template } = readStatusBarLook();
  const preview = (text: string) => views.statusBar.preview({ style: 'template', template: text });
  preview(template);
  return askText({
    title: l10n.t('Status Bar Template'),
    value: template,
    prompt: l10n.t('Fields: {0}', FIELDS),
    validateInput: text => {
      preview(text);
      return text.length > MAX_TEMPLATE
        ? l10n.t('The template must be a text of {0} characters at most.', MAX_TEMPLATE)
        : unknownFieldRemark(text);
    },
  });
}

/** A remark that an unknown field stays as it is written. */
function unknownFieldRemark(template: string): Remark | undefined {
  const [unknown] = unknownFields(template);
  if (unknown === undefined) return undefined;
  return {
    message: l10n.t('There is no field {0}. Fields: {1}', unknown, FIELDS),
    severity: vscode.InputBoxValidationSeverity.Warning,
  };
}

/** The text of the status bar item in this style, with its icon; first that the style has no figure, where it has none. */
function exampleOf({ monitor, clock }: CommandParts, style: StatusBarStyle): ShownText {
  const { snapshot } = monitor;
  const now = clock.now();
  const { template } = readStatusBarLook();
  const { text } = statusBarText(snapshot, now, { ...DEFAULT_LOOK, template, style });
  const key = leadingKey(snapshot, now);
  const hasFigure =
    !key || style === 'template' || style === 'icon' || ownFigure(key, style, now) !== undefined;
  return hasFigure ? text : withRemark(l10n.t('no figures yet'), text);
}

function styleName(style: StatusBarStyle): string {
  switch (style) {
    case 'amount':
      return l10n.t('Amount left');
    case 'percent':
      return l10n.t('Percent left');
    case 'bar':
      return l10n.t('Bar');
    case 'barAmount':
      return l10n.t('Bar and amount');
    case 'used':
      return l10n.t('Used of limit');
    case 'today':
      return l10n.t('Spent today');
    case 'limit':
      return l10n.t('Spending limit');
    case 'time':
      return l10n.t('Time left');
    case 'template':
      return l10n.t('Template of your own…');
    case 'icon':
      return l10n.t('Icon only');
  }
}
