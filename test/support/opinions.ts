/** What other scanners say, for tests. */
import { contentId } from '../../lib/core/canonical/canonical.ts';
import type { HeldOpinion } from '../../lib/core/opinions/merge-opinions.ts';
import type { Opinion, OpinionFinding, OpinionPackage } from '../../lib/core/opinions/opinion.ts';

export function aSaidPackage(given: Partial<OpinionPackage> = {}): OpinionPackage {
  return { type: 'deb', name: 'perl-base', version: '5.36.0-7+deb12u3', purl: null, path: null, ...given };
}

interface GivenFinding extends Partial<Omit<OpinionFinding, 'package'>> {
  readonly package?: Partial<OpinionPackage>;
}

/** Of the vulnerability and the package of `aFinding`. */
export function aSaidFinding({ package: said = {}, ...given }: GivenFinding = {}): OpinionFinding {
  const finding = { vulnerability: 'CVE-2026-42496', aliases: [], severity: 'critical', fixedIn: null } as const;
  return { ...finding, ...given, package: aSaidPackage(said) };
}

export function anOpinion(scanner: string, findings: readonly OpinionFinding[], given: Partial<Opinion> = {}): Opinion {
  return {
    schemaVersion: 1,
    scanner: { name: scanner, version: '1.0' },
    at: '2026-11-22T00:00:00.000Z',
    dated: 'report',
    image: { digests: [], layers: [], configuration: null },
    findings,
    ...given,
  };
}

export function heldOpinion(opinion: Opinion): HeldOpinion {
  return { hash: contentId(opinion), opinion };
}
