/**
 * A match: a vulnerability, and a package of the image that advisories say it affects.
 *
 * It becomes a finding when the intelligence about the vulnerability is joined to it.
 */
import type { OsvRecord } from '../advisories/records.ts';
import type { Package } from '../sbom/inventory.ts';
import type { Matched } from './finding.ts';

export interface Match {
  /** One CVE, or the identifier of a vulnerability that has none. */
  readonly vulnerability: string;
  /** Its other names, in order. */
  readonly aliases: readonly string[];
  /** The advisory records that matched, in the order of their ids. */
  readonly records: readonly OsvRecord[];
  readonly package: Package;
  readonly fixedIn: string | null;
  /** One for each record, in the same order. */
  readonly matched: readonly Matched[];
}
