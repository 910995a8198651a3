/** How long readings are kept as they were, and then by the hour; after that, by the day. */
export interface Retention {
  readonly rawDays: number;
  readonly hourlyDays: number;
}
