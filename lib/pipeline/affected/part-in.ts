/** What of a question is true of a verdict: the exact answer, from its assessment and its packages. */
import type { Digest } from '../../core/image/digest.ts';
import { bringers } from '../../core/lineage/brought-by.ts';
import { type Base, nameOf } from '../../core/lineage/lineage.ts';
import type { Finding, Severity } from '../../core/matching/finding.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import { worstFirst } from '../../core/register/worst-first.ts';
import type { Inventory } from '../../core/sbom/inventory.ts';
import { order } from '../../core/versions/order.ts';
import type { Question } from './question.ts';

export interface AffectedPackage {
  readonly name: string;
  readonly version: string;
  readonly source: string;
  /** The version that fixes the vulnerability, or all of the package's that have a fix; null where none is known. */
  readonly fixedIn: string | null;
  /** The base that brought it, and what people call that; null where the image did. */
  readonly inheritedFrom: { readonly image: Digest; readonly name: string } | null;
}

/** What was found, the worst of it. */
export interface Worst {
  readonly vulnerability: string;
  readonly severity: Severity;
  readonly kev: boolean;
  /** 0–1. */
  readonly epss: number | null;
  /** ISO 8601: when a criterion counts it late. */
  readonly due: string | null;
}

/** The base that was asked after, as the image has it. */
export interface AffectedBase {
  readonly image: Digest;
  readonly name: string;
  /** The newest build of it; null where it is that itself. */
  readonly newest: { readonly image: Digest; readonly name: string } | null;
}

export interface Part {
  /** None where a base was asked after. */
  readonly packages: readonly AffectedPackage[];
  /** Distinct vulnerabilities: that one, those of the package, or those that come from the base. */
  readonly vulnerabilities: number;
  readonly worst: Worst | null;
  readonly base: AffectedBase | null;
}

/**
 * @param inventory - null where the image could not be scanned
 * @returns null where the verdict has no part in it
 */
export function partIn(question: Question, assessment: Assessment, inventory: Inventory | null): Part | null {
  switch (question.kind) {
    case 'vulnerability':
      return ofVulnerability(question.name, assessment);
    case 'package':
      return inventory === null ? null : ofPackage(question.name, assessment, inventory);
    case 'base':
      return ofBase(question.images, assessment);
  }
}

function ofVulnerability(name: string, assessment: Assessment): Part | null {
  const found = assessment.findings.filter(
    ({ vulnerability, aliases }) => vulnerability === name || aliases.includes(name),
  );
  const packages = found.map(({ package: { name: one, version, source }, fixedIn, inheritedFrom }) => {
    const base = assessment.inputs.lineage.bases.find(({ image }) => image === inheritedFrom);
    return { name: one, version, source: source.name, fixedIn, inheritedFrom: inherited(base ?? null) };
  });
  return found.length === 0 ? null : { packages, ...summary(found), base: null };
}

function ofPackage(name: string, assessment: Assessment, inventory: Inventory): Part | null {
  const bringerOf = bringers(
    assessment.inputs.lineage,
    inventory.layers.map(({ diffId }) => diffId),
  );
  // As the rows have it: what no advisory can speak of is in none of them.
  const packages = inventory.packages.filter((one) => one.ecosystem !== null && isNamed(one, name));
  const found = assessment.findings.filter((finding) => isNamed(finding.package, name));
  if (packages.length === 0) return null;
  const parts = packages.map(({ name: one, version, source, layer, purl, ecosystem }) => {
    const fixes = found.flatMap((finding) => (finding.package.purl === purl ? (finding.fixedIn ?? []) : []));
    const fixedIn = greatest(fixes, ecosystem ?? '');
    return { name: one, version, source: source.name, fixedIn, inheritedFrom: inherited(bringerOf(layer)) };
  });
  return { packages: parts, ...summary(found), base: null };
}

/** The latest of some versions; null of none. */
function greatest(versions: readonly string[], ecosystem: string): string | null {
  return versions.reduce<string | null>((most, version) => {
    if (most === null) return version;
    const ordering = order(ecosystem, version, most);
    return 'order' in ordering && ordering.order > 0 ? version : most;
  }, null);
}

function isNamed(
  { name, source }: { readonly name: string; readonly source: { readonly name: string } },
  asked: string,
): boolean {
  return name === asked || source.name === asked;
}

function ofBase(images: readonly Digest[], assessment: Assessment): Part | null {
  const { bases } = assessment.inputs.lineage;
  const base = bases.find(({ image }) => images.includes(image));
  if (base === undefined) {
    // The base itself, where it stands.
    if (!images.includes(assessment.image.digest)) return null;
    const { digest: image, reference: name } = assessment.image;
    return { packages: [], ...summary(assessment.findings), base: { image, name, newest: null } };
  }
  // What comes from it, and from what it is built on.
  const under = new Set(bases.filter(({ layers }) => layers <= base.layers).map(({ image }) => image));
  const found = assessment.findings.filter(({ inheritedFrom }) => inheritedFrom !== null && under.has(inheritedFrom));
  const { image, newest } = base;
  return {
    packages: [],
    ...summary(found),
    base: { image, name: nameOf(base), newest: newest === null ? null : { image: newest.image, name: newest.name } },
  };
}

function inherited(base: Base | null): AffectedPackage['inheritedFrom'] {
  return base === null ? null : { image: base.image, name: nameOf(base) };
}

function summary(found: readonly Finding[]): Pick<Part, 'vulnerabilities' | 'worst'> {
  const [worst] = worstFirst(found);
  const due = found.flatMap((finding) => finding.due ?? []).sort()[0] ?? null;
  return {
    vulnerabilities: new Set(found.map(({ vulnerability }) => vulnerability)).size,
    worst:
      worst === undefined
        ? null
        : {
            vulnerability: worst.vulnerability,
            severity: worst.severity,
            kev: found.some(({ kev }) => kev !== null),
            epss: worst.epss?.score ?? null,
            due,
          },
  };
}
