import type { Unit } from '../core/quota/unit.ts';

/** What a model costs for a group of users: for a million tokens, or for each request. Absent: not told. */
export interface ModelPrice {
  readonly group: string;
  readonly input?: number;
  readonly output?: number;
  readonly perRequest?: number;
}

/** What models cost at a gateway; prices are by `foldModel`. */
export interface ModelPrices {
  readonly unit: Unit;
  readonly byModel: ReadonlyMap<string, readonly ModelPrice[]>;
}
