/** A plan that a gateway sells. `rpm`, `tpm`: requests and tokens per minute; absent when not told. */
export interface PlanOffer {
  readonly slug: string;
  readonly name: string;
  /** In US dollars; absent when the gateway does not say. */
  readonly price?: number;
  readonly rpm?: number;
  readonly tpm?: number;
}
