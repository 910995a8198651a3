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

const READY: ReadonlySet<Status> = new Set<Status>(['ok', 'low', 'stale']);

/** Models that the keys are limited to, by name. */
export function namedModels(keys: readonly KeyState[]): readonly NamedModel[] {
  const counts = new Map<string, NamedModel>();
  for (const model of keys.filter(callsModels).flatMap(key => key.reading?.models ?? [])) {
    const known = counts.get(fold(model)) ?? { name: model, keys: 0 };
    counts.set(fold(model), { ...known, keys: known.keys + 1 });
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
  return models === null || models.some(each => fold(each) === fold(model));
}

function fold(model: string): string {
  return model.trim().toLowerCase();
}

/** Without limit first, low last, and between them by the share that is left; amounts of one unit break ties. */
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
