/** What another appetite would change in one verdict, both made of the same evidence. */
import type { Digest } from '../image/digest.ts';
import type { Placement } from '../image/placement.ts';
import type { Stage } from '../image/stage.ts';
import type { Finding } from '../matching/finding.ts';
import type { Assessment, Decision } from '../register/assessment.ts';
import { orderOf } from '../versions/version.ts';

/** A value by the appetite in force, and by the other one. */
export interface Both<T> {
  readonly before: T;
  readonly after: T;
}

/** A due date that would be another one; null: no criterion sets one. */
export interface OtherDue extends Both<string | null> {
  readonly vulnerability: string;
  /** The source package. */
  readonly package: string;
}

/** An exception that would cover more or fewer findings of the image. */
export interface OtherCover extends Both<number> {
  readonly id: string;
}

export interface Rehearsed {
  readonly placement: Placement;
  readonly tags: readonly string[];
  readonly platform: string;
  /** By its identity: the verdict that is in the register. */
  readonly assessment: Digest;
  readonly stage: Both<Stage>;
  readonly verdict: Both<Decision>;
  readonly blocking: Both<boolean>;
  /** Identifiers of criteria that only one of the two finds broken. */
  readonly broken: readonly string[];
  readonly mended: readonly string[];
  /** How many due dates would be others, and the earliest of them. */
  readonly due: { readonly count: number; readonly first: readonly OtherDue[] };
  readonly exceptions: readonly OtherCover[];
}

const MOST_DUE = 10;

type Sides = Both<Assessment>;

/** Null where nothing that people see would change. */
export function rehearsedOf(
  { before, after }: Sides,
  about: Pick<Rehearsed, 'placement' | 'tags' | 'platform' | 'assessment'>,
): Rehearsed | null {
  const dues = otherDues({ before, after });
  const [was, is] = [criteriaOf(before), criteriaOf(after)];
  const rehearsed: Rehearsed = {
    ...about,
    stage: { before: before.stage, after: after.stage },
    verdict: { before: before.verdict, after: after.verdict },
    blocking: { before: before.blocking, after: after.blocking },
    broken: is.filter((criterion) => !was.includes(criterion)),
    mended: was.filter((criterion) => !is.includes(criterion)),
    due: { count: dues.length, first: dues.slice(0, MOST_DUE) },
    exceptions: otherCovers({ before, after }),
  };
  const { stage, verdict, blocking, broken, mended, exceptions } = rehearsed;
  const isSame = [stage, verdict, blocking].every((both) => both.before === both.after);
  const others = broken.length + mended.length + dues.length + exceptions.length;
  return isSame && others === 0 ? null : rehearsed;
}

function criteriaOf({ reasons }: Assessment): readonly string[] {
  return reasons.map(({ criterion }) => criterion);
}

/** By what the other appetite never accepts, by its rules of lapsing, or by another stage. */
function otherCovers({ before, after }: Sides): readonly OtherCover[] {
  const [was, is] = [coveredBy(before), coveredBy(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .sort(orderOf)
    .map((id) => ({ id, before: was.get(id) ?? 0, after: is.get(id) ?? 0 }))
    .filter((cover) => cover.before !== cover.after);
}

function coveredBy({ findings }: Assessment): ReadonlyMap<string, number> {
  const covers = Map.groupBy(
    findings.flatMap(({ exceptions }) => exceptions),
    ({ id }) => id,
  );
  return new Map([...covers].map(([id, of]) => [id, of.length]));
}

/** One for each vulnerability and source package, the earliest first. */
function otherDues({ before, after }: Sides): readonly OtherDue[] {
  const [was, is] = [earliest(before.findings), earliest(after.findings)];
  const dues = new Map<string, OtherDue>();
  for (const finding of after.findings) {
    const key = nameOf(finding);
    const due = { before: was.get(key) ?? null, after: is.get(key) ?? null };
    if (due.before === due.after) continue;
    dues.set(key, { vulnerability: finding.vulnerability, package: finding.package.source.name, ...due });
  }
  return [...dues.values()].sort((a, b) => rank(a) - rank(b));
}

function earliest(findings: readonly Finding[]): ReadonlyMap<string, string> {
  const dues = new Map<string, string>();
  for (const finding of findings) {
    const known = dues.get(nameOf(finding));
    if (finding.due !== null && (known === undefined || finding.due < known)) dues.set(nameOf(finding), finding.due);
  }
  return dues;
}

function nameOf({ vulnerability, package: { source } }: Finding): string {
  return `${vulnerability} ${source.name}`;
}

function rank({ before, after }: OtherDue): number {
  return Math.min(...[before, after].map((due) => (due === null ? Number.POSITIVE_INFINITY : Date.parse(due))));
}
