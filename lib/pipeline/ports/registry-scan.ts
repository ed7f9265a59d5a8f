/** What a registry's own scanner says of an image. */
import type { Placement } from '../../core/image/placement.ts';

export interface RegistryFinding {
  /** As the scanner names it: mostly a CVE. */
  readonly vulnerability: string;
  /** In lower case, as the scanner says it: `critical`, `undefined`, … */
  readonly severity: string;
  readonly package: string | null;
  readonly version: string | null;
}

export interface RegistryScan {
  readonly scanner: string;
  /**
   * `complete`: the findings are what it found. `none`: there is no scan to speak of (not begun, not
   * done, expired, disabled, not supported): that is not "clean".
   */
  readonly state: 'complete' | 'none';
  /** The status and its description as the registry says them, for people. */
  readonly said: string;
  /** ISO 8601, UTC; null where the registry does not say. */
  readonly completedAt: string | null;
  readonly findings: readonly RegistryFinding[];
}

export interface RegistryScans {
  /** @throws CavendishError `unavailable` */
  read(placement: Placement): Promise<RegistryScan>;
}
