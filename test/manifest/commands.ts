import type { Command, MenuPlace } from '../../src/vscode/commands/command.ts';

/** While this holds there may be something to do: VS Code knows no situation until the extension runs. */
const MAY_HAVE_KEYS = 'keyQuota.situation != noKeys';

type Commands = Readonly<Record<string, Command>>;

/** `contributes.commands`. */
export function contributedCommands(commands: Commands): object[] {
  return Object.entries(commands).map(([id, { icon }]) => ({
    command: id,
    title: `%command.${id.replace(/^keyQuota\./, '')}%`,
    category: 'Key Quota',
    ...(icon !== undefined && { icon: `$(${icon})` }),
  }));
}

/** `contributes.keybindings`. */
export function contributedKeybindings(commands: Commands): object[] {
  return Object.entries(commands).flatMap(([id, { keybinding }]) =>
    keybinding ? [{ command: id, ...keybinding }] : [],
  );
}

/** `contributes.menus`, each in the order in which people see it. */
export function contributedMenus(commands: Commands): object {
  const all = Object.entries(commands);
  const places = (menu: MenuPlace['menu']) =>
    all
      .flatMap(([id, command]) =>
        (command.menus ?? []).flatMap(place =>
          place.menu === menu
            ? [
                {
                  command: id,
                  when: ['view == keyQuota.keys', ...whenOf(place, command)].join(' && '),
                  group: place.group,
                },
              ]
            : [],
        ),
      )
      .toSorted((a, b) => (a.group < b.group ? -1 : a.group > b.group ? 1 : 0));
  return {
    commandPalette: all.flatMap(([id, { palette }]) =>
      palette === 'always' ? [] : [{ command: id, when: palette === 'never' ? 'false' : MAY_HAVE_KEYS }],
    ),
    'view/title': places('view/title'),
    'view/item/context': places('view/item/context'),
  };
}

function whenOf(place: MenuPlace, { palette }: Command): readonly string[] {
  if (place.menu === 'view/title') return palette === 'withKeys' ? [MAY_HAVE_KEYS] : [];
  const [only, ...others] = place.contextWords;
  return [`viewItem =~ /\\b${others.length === 0 ? only : `(${place.contextWords.join('|')})`}\\b/`];
}
