import { headroomOf, shareLeft } from './headroom.ts';
import type { KeyState } from './keyState.ts';
import type { Status } from './statusName.ts';
import { unitId } from './unit.ts';

/** A model that keys name, and how many of them. */
export interface NamedModel {
  readonly name: string;
  readonly keys: number;
}

/** The keys that may call a model: those that can now, the one with most room first, and those that cannot. */
export interface ModelKeys {
  readonly ready: readonly KeyState[];
  readonly blocked: readonly KeyState[];
}

/** What a gateway lists for a key, by `foldModel`. */
export interface OfferedModels {
  readonly models: ReadonlySet<string>;
  /** Whether the list leaves out what the key's own limit forbids. */
  readonly isOfKey: boolean;
}

/** The keys that may call a model now, by how certain that is, and those that could at another time. */
export interface OfferedKeys {
  readonly certain: readonly KeyState[];
  /** Those of which nobody knows whether their gateway offers the model, or whether they are allowed it. */
  readonly doubtful: readonly KeyState[];
  /** Those without a limit whose gateway does not list the model; some models work all the same. */
  readonly unlisted: readonly KeyState[];
  readonly blocked: readonly KeyState[];
}

const READY: ReadonlySet<Status> = new Set<Status>(['ok', 'low', 'stale']);

/** Models that the keys are limited to, by name. */
export function namedModels(keys: readonly KeyState[]): readonly NamedModel[] {
  const counts = new Map<string, NamedModel>();
  for (const model of keys.filter(callsModels).flatMap(key => key.reading?.models ?? [])) {
    const known = counts.get(foldModel(model)) ?? { name: model, keys: 0 };
    counts.set(foldModel(model), { ...known, keys: known.keys + 1 });
  }
  return [...counts.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** Which keys may call a model. A key of which nobody knows what it may call is none of them. */
export function keysForModel(keys: readonly KeyState[], model: string): ModelKeys {
  const able = keys.filter(key => callsModels(key) && mayCall(key, model)).sort(byHeadroomDescending);
  return {
    ready: able.filter(key => READY.has(key.status)),
    blocked: able.filter(key => !READY.has(key.status)),
  };
}

/** The keys of which the gateway's list has to tell more: ready, and not limited to models by what is known. */
export function keysToAsk(keys: readonly KeyState[]): readonly KeyState[] {
  return keys.filter(key => callsModels(key) && READY.has(key.status) && key.reading?.models == null);
}

/** The same as `keysForModel` by what gateways list; `offers` are by key id, and a key without one is not known of. */
export function keysByOffer(
  keys: readonly KeyState[],
  model: string,
  offers: ReadonlyMap<string, OfferedModels>,
): OfferedKeys {
  const { ready, blocked } = keysForModel(keys, model);
  const wanted = foldModel(model);
  const isListed = ({ id }: KeyState) => offers.get(id)?.models.has(wanted);
  const unlimited = ready.filter(isUnlimitedInModels);
  // For a key that does not tell its limit, only the list is known, which may be the same for everybody.
  const untold = keysToAsk(keys).filter(key => key.reading?.models === undefined && isListed(key));
  const isOfKey = ({ id }: KeyState) => offers.get(id)?.isOfKey === true;
  return {
    certain: [
      ...ready.filter(key => !isUnlimitedInModels(key) || isListed(key) === true),
      ...untold.filter(isOfKey),
    ].sort(byHeadroomDescending),
    doubtful: [
      ...unlimited.filter(key => isListed(key) === undefined),
      ...untold.filter(key => !isOfKey(key)),
    ].sort(byHeadroomDescending),
    unlisted: unlimited.filter(key => isListed(key) === false),
    blocked,
  };
}

/** Whether a key is without a limit of models: nobody knows what its gateway offers then. */
export function isUnlimitedInModels({ reading }: KeyState): boolean {
  return reading?.models === null;
}

/** Whether some key names more models than are kept, so that it may be allowed one that is not among them. */
export function namesMoreModels(keys: readonly KeyState[]): boolean {
  return keys.some(key => callsModels(key) && (key.reading?.modelsMore ?? 0) > 0);
}

/** Credentials of accounts and of balance services open no model. */
function callsModels({ credential }: KeyState): boolean {
  return credential === 'apiKey';
}

function mayCall({ reading }: KeyState, model: string): boolean {
  const models = reading?.models;
  if (models === undefined) return false;
  return models === null || models.some(each => isNamedBy(foldModel(each), foldModel(model)));
}

/** Whether a name stands for a model: its own, or one with `*` for any part, as LiteLLM's `openai/*`. */
function isNamedBy(name: string, model: string): boolean {
  const [start = '', ...rest] = name.split('*');
  const end = rest.pop();
  if (end === undefined) return name === model;
  if (!model.startsWith(start)) return false;
  let from = start.length;
  for (const part of rest) {
    const at = model.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return model.length >= from + end.length && model.endsWith(end);
}

/** A name of a model, equal for names that mean the same. */
export function foldModel(model: string): string {
  return model.trim().toLowerCase();
}

/** Unlimited keys first, low ones last, and the others by the share that is left; amounts of one unit break ties. */
function byHeadroomDescending(a: KeyState, b: KeyState): number {
  const [some, other] = [headroomOf(a.reading), headroomOf(b.reading)];
  return (
    Number(other.unlimited) - Number(some.unlimited) ||
    Number(a.status === 'low') - Number(b.status === 'low') ||
    (shareLeft(other) ?? UNKNOWN_SHARE) - (shareLeft(some) ?? UNKNOWN_SHARE) ||
    unitOf(a).localeCompare(unitOf(b)) ||
    (other.remaining ?? 0) - (some.remaining ?? 0) ||
    a.label.localeCompare(b.label) ||
    a.id.localeCompare(b.id)
  );
}

/** Where no total is known the key stands in the middle. */
const UNKNOWN_SHARE = 0.5;

function unitOf({ reading }: KeyState): string {
  return reading ? unitId(headroomOf(reading).unit) : '';
}
