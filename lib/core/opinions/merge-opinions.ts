/**
 * Merges our findings with what other scanners say of the same image, by vulnerability and package.
 *
 * A vulnerability is the same under any of its names; a package is the same as resolve-package.ts says. Nothing of ours
 * is added or taken away: who else found it is said beside it, and what only others found is a list of its own.
 */
import { compareNames, isCve } from '../advisories/cve-id.ts';
import type { Digest } from '../image/digest.ts';
import { type Finding, SEVERITIES, type Severity } from '../matching/finding.ts';
import type { Inventory } from '../sbom/inventory.ts';
import { orderOf } from '../versions/version.ts';
import type { Opinion, OpinionFinding } from './opinion.ts';
import { identityOf, packageResolver, sourceKey, statedKey } from './resolve-package.ts';

export interface HeldOpinion {
  readonly hash: Digest;
  readonly opinion: Opinion;
}

/** What others found and we did not. */
export interface OtherFinding {
  readonly vulnerability: string;
  readonly aliases: readonly string[];
  readonly package: { readonly type: string | null; readonly name: string; readonly version: string | null };
  /** Of several scanners the worst that one says. */
  readonly severity: Severity;
  readonly fixedIn: string | null;
  /** Names of scanners, in order. */
  readonly foundBy: readonly string[];
  /** Our inventory has the package: they disagree about the vulnerability, and not about what is in the image. */
  readonly inInventory: boolean;
}

/** One scanner beside us, in vulnerabilities: one that is in two packages may be in two of the lists. */
export interface Comparison {
  readonly both: readonly string[];
  readonly onlyTheirs: readonly string[];
  readonly onlyOurs: readonly string[];
}

export interface Merged {
  /** Of each of our findings, in their order: the scanners that found it too, in order. */
  readonly foundBy: readonly (readonly string[])[];
  /** In the order of vulnerability, then package. */
  readonly onlyOthers: readonly OtherFinding[];
  /** By scanner, in order. */
  readonly comparisons: ReadonlyMap<string, Comparison>;
}

type Ours = Pick<Finding, 'vulnerability' | 'aliases' | 'records' | 'package'>;

export function mergeOpinions(
  { packages, owned = [], findings }: Pick<Inventory, 'packages' | 'owned'> & { readonly findings: readonly Ours[] },
  opinions: readonly Pick<Opinion, 'scanner' | 'findings'>[],
): Merged {
  const resolve = packageResolver({ packages, owned });
  const byName = new Map<string, number[]>();
  for (const [at, finding] of findings.entries()) {
    for (const name of namesOfOurs(finding)) byName.set(name, [...(byName.get(name) ?? []), at]);
  }
  const sources = findings.map(({ package: found }) => sourceKey(found));
  const foundBy = findings.map(() => new Set<string>());
  const known = canonicalNames(findings, opinions);
  const others = new Map<string, OtherFinding>();
  const comparisons = new Map<string, Comparison>();

  for (const { scanner, findings: theirs } of [...opinions].sort((a, b) => orderOf(a.scanner.name, b.scanner.name))) {
    const shared = new Set<number>();
    const onlyTheirs = new Set<string>();
    for (const said of theirs) {
      const sameSource = resolve(said.package);
      const same = namesOf(said)
        .flatMap((name) => byName.get(name) ?? [])
        .filter((at) => sameSource.includes(sources[at] ?? ''));
      for (const at of same) shared.add(at);
      if (same.length > 0) continue;
      const vulnerability = known.get(said.vulnerability) ?? said.vulnerability;
      onlyTheirs.add(vulnerability);
      const key = JSON.stringify([vulnerability, sameSource.length > 0 ? sameSource : statedKey(said.package)]);
      others.set(
        key,
        joined(others.get(key), { said, vulnerability, scanner: scanner.name, inInventory: sameSource.length > 0 }),
      );
    }
    for (const at of shared) foundBy[at]?.add(scanner.name);
    comparisons.set(scanner.name, {
      both: distinct(findings.filter((_, at) => shared.has(at)).map(({ vulnerability }) => vulnerability)),
      onlyTheirs: distinct(onlyTheirs),
      onlyOurs: distinct(findings.filter((_, at) => !shared.has(at)).map(({ vulnerability }) => vulnerability)),
    });
  }
  return {
    foundBy: foundBy.map((names) => [...names]),
    onlyOthers: [...others.values()].sort(byVulnerabilityThenPackage),
    comparisons,
  };
}

/** Records speak of it too: a scanner that names an advisory of the distribution means what that mends. */
function namesOfOurs({ vulnerability, aliases, records }: Ours): readonly string[] {
  return [...new Set([vulnerability, ...aliases, ...records].map(comparable))];
}

function namesOf({ vulnerability, aliases }: Pick<OpinionFinding, 'vulnerability' | 'aliases'>): readonly string[] {
  return [...new Set([vulnerability, ...aliases].map(comparable))];
}

/** OSV prefixes a distribution's own records: `DEBIAN-CVE-2026-1` is what Debian says of `CVE-2026-1`. */
function comparable(name: string): string {
  return name.toUpperCase().replace(/^[A-Z]+-(?=CVE-)/u, '');
}

/** The CVE of names that are none, as far as anybody says: two scanners may know a vulnerability by different names. */
function canonicalNames(
  findings: readonly Ours[],
  opinions: readonly Pick<Opinion, 'findings'>[],
): ReadonlyMap<string, string> {
  const canonical = new Map<string, string>();
  for (const { vulnerability, aliases } of [...findings, ...opinions.flatMap((opinion) => opinion.findings)]) {
    if (!isCve(vulnerability)) continue;
    for (const alias of aliases) {
      const before = canonical.get(alias);
      if (before === undefined || compareNames(vulnerability, before) < 0) canonical.set(alias, vulnerability);
    }
  }
  return canonical;
}

interface Said {
  readonly said: OpinionFinding;
  readonly vulnerability: string;
  readonly scanner: string;
  readonly inInventory: boolean;
}

function joined(before: OtherFinding | undefined, { said, vulnerability, scanner, inInventory }: Said): OtherFinding {
  const names = [said.vulnerability, ...said.aliases, ...(before?.aliases ?? [])];
  return {
    vulnerability,
    aliases: distinct(names.filter((name) => name !== vulnerability)),
    package: before?.package ?? identityOf(said.package),
    severity: SEVERITIES.find((one) => one === said.severity || one === before?.severity) ?? said.severity,
    fixedIn: before?.fixedIn ?? said.fixedIn,
    foundBy: distinct([...(before?.foundBy ?? []), scanner]),
    inInventory,
  };
}

function distinct(names: Iterable<string>): readonly string[] {
  return [...new Set(names)].sort();
}

function byVulnerabilityThenPackage(a: OtherFinding, b: OtherFinding): number {
  return (
    orderOf(a.vulnerability, b.vulnerability) ||
    orderOf(a.package.name, b.package.name) ||
    orderOf(a.package.version ?? '', b.package.version ?? '')
  );
}
