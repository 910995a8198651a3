import type { CredentialSpec } from '../../../../gateways/credentialSpec.ts';
import type { Gateway } from '../../../../gateways/gateway.ts';
import { credentialsFor } from '../../../../services/keys/credentialsFor.ts';

/** Which kind of gateway a new key belongs to, and where that stands. */
export interface KeyPlace {
  readonly gateway: Gateway;
  readonly baseUrl: string;
  readonly by: RecognizedBy;
  /** The path of the public page, where one showed the kind. */
  readonly page?: string;
}

/** By what a kind was recognized: `list` are other keys at the same address, `person` who chose it. */
type RecognizedBy = 'address' | 'page' | 'secret' | 'list' | 'person';

/** What the first question brought. */
interface Beginning {
  readonly place?: KeyPlace;
  /** A kind whose address is not known yet. */
  readonly gateway?: Gateway;
  /** The person chose to describe a gateway. */
  readonly isDescribing?: true;
}

/** A new key while it is asked for. */
export interface NewKey {
  /** Absent until the first question is answered. */
  readonly beginning?: Beginning;
  /** From the question for the address, and from *Change Address*. */
  readonly place?: KeyPlace;
  readonly secret?: string;
  /** Which credential the pasted record says it is. */
  readonly told?: CredentialSpec;
  /** Which one the person says. */
  readonly chosen?: CredentialSpec;
  readonly userId?: string;
  /** What the pasted record calls it. */
  readonly name?: string;
}

/** Where the new key belongs, once that is known. */
export function placeOf({ beginning, place }: NewKey): KeyPlace | undefined {
  return place ?? beginning?.place;
}

/** Which credentials the new key can be; more than one where its form does not tell. */
export function specsOf(key: NewKey): readonly CredentialSpec[] {
  const place = placeOf(key);
  if (!place || key.secret === undefined) return [];
  return key.told ? [key.told] : credentialsFor(place.gateway, place.baseUrl, key.secret);
}

export function specOf(key: NewKey): CredentialSpec | undefined {
  const possible = specsOf(key);
  return possible.find(spec => spec === key.chosen) ?? possible[0];
}
