import { homedir, hostname } from 'node:os';
import { basename } from 'node:path';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { PROMPT_MS } from '../../../services/deadline.ts';
import type { FoundSource } from '../../../services/importing/candidate.ts';
import { type FoundKey, UnreadableFileError } from '../../../services/importing/foundKey.ts';
import { parseKeyFile } from '../../../services/importing/parseKeyFile.ts';
import { parsePastedText } from '../../../services/importing/parsePastedText.ts';
import { type PlaceOnMachine, placesOnMachine } from '../../../services/importing/placesOnMachine.ts';
import { readPlace } from '../../../services/importing/readPlace.ts';
import { sealOf } from '../../../services/importing/sealedFile.ts';
import { sanitizeLabel } from '../../../services/keys/sanitizeLabel.ts';
import { unreadableFileText } from '../../../text/importing.ts';
import { readClipboardText } from '../../host/clipboard.ts';
import { fileExists } from '../../host/files.ts';
import { pickMany } from '../../host/forms.ts';
import { readCcSwitchRows, readKeyFile, readPlaceText } from '../../host/importFiles.ts';
import { shownItem } from '../../host/shownItem.ts';
import { openSealedFile } from './openSealedFile.ts';

/** What was found where, and which sources could not be read. */
export interface ReadSources {
  readonly sources: readonly FoundSource[];
  /** A sentence for each. */
  readonly problems: readonly string[];
}

type Choice = 'clipboard' | 'files' | PlaceOnMachine;

/** Asks where to look, and reads nothing but that. Undefined when nothing was chosen. */
export async function askImportSources(title: string): Promise<ReadSources | undefined> {
  const choices = await askChoices(title);
  if (!choices || choices.length === 0) return undefined;
  const sources: FoundSource[] = [];
  const problems: string[] = [];
  const add = async (
    name: string,
    isOwnFile: boolean,
    read: () => Promise<readonly FoundKey[] | undefined>,
  ) => {
    try {
      const keys = await read();
      if (!keys) return;
      if (keys.length === 0) problems.push(unreadableFileText(name, 'no-keys-inside'));
      sources.push({ title: name, keys, isOwnFile });
    } catch (error) {
      problems.push(unreadableFileText(name, unreadableReason(error)));
    }
  };
  for (const choice of choices) {
    if (choice === 'clipboard') await add(l10n.t('the clipboard'), false, readClipboard);
    else if (choice === 'files') {
      for (const path of await askFiles(title))
        await add(sanitizeLabel(basename(path)), false, () => readChosenFile(title, path));
    } else await add(titleOf(choice), true, () => readPlace(choice, PLACE_READER));
  }
  return sources.length === 0 && problems.length === 0 ? undefined : { sources, problems };
}

const PLACE_READER = {
  readText: readPlaceText,
  readCcSwitch: async (path: string) => readCcSwitchRows(path),
  environment: process.env,
};

async function askChoices(title: string): Promise<readonly Choice[] | undefined> {
  const items = [
    choiceItem(
      'clipboard',
      l10n.t('Text on the Clipboard'),
      'clippy',
      l10n.t('keys, .env, cURL, JSON, links'),
    ),
    choiceItem('files', l10n.t('Files…'), 'file', l10n.t('backups and settings of other programs, .env')),
    ...(await presentPlaces()).map(({ place, files }) =>
      choiceItem(place, titleOf(place), 'device-desktop', files[0] ?? hostname()),
    ),
  ];
  const placeHolder = l10n.t('Where are the keys? Only what you select is read.');
  const picked = await pickMany(items, { title, placeHolder, ignoreFocusOut: true });
  return picked?.map(({ choice }) => choice);
}

function choiceItem(choice: Choice, label: string, icon: string, description: string) {
  return shownItem({ label, description, iconPath: new vscode.ThemeIcon(icon), choice });
}

/** The environment, and the places of which at least one file exists, with those that do; none is opened. */
async function presentPlaces() {
  const all = placesOnMachine({
    home: homedir(),
    environment: process.env,
    isWindows: process.platform === 'win32',
  });
  const looked = await Promise.all(
    all.map(async place => ({ place, files: await existingFiles(place.files) })),
  );
  return looked.filter(({ place, files }) => place.files.length === 0 || files.length > 0);
}

async function existingFiles(files: readonly string[]): Promise<readonly string[]> {
  // Files on a disk that does not answer count as absent, so that the list need not wait for it.
  const exist = await Promise.all(files.map(file => fileExists(file, PROMPT_MS).catch(() => false)));
  return files.filter((_file, at) => exist[at]);
}

function titleOf({ title }: PlaceOnMachine): string {
  return title ?? l10n.t('Environment of VS Code');
}

async function readClipboard(): Promise<readonly FoundKey[]> {
  return parsePastedText(await readClipboardText());
}

/** A file of any known form. One that is encrypted asks for its passphrase; undefined where it was not given. */
async function readChosenFile(title: string, path: string): Promise<readonly FoundKey[] | undefined> {
  const name = basename(path);
  const bytes = await readKeyFile(path);
  const seal = sealOf(bytes);
  if (!seal) return parseKeyFile(name, bytes);
  const text = await openSealedFile(title, name, bytes, seal);
  return text === undefined ? undefined : parsePastedText(text);
}

async function askFiles(title: string): Promise<readonly string[]> {
  const files = await vscode.window.showOpenDialog({
    title,
    canSelectMany: true,
    openLabel: l10n.t('Look for Keys'),
  });
  return files?.map(({ fsPath }) => fsPath) ?? [];
}

function unreadableReason(error: unknown) {
  if (error instanceof UnreadableFileError) return error.reason;
  return 'not-readable';
}
