/**
 * What an exception covers as things stand: the findings of the current verdicts under its scope.
 *
 * Taken before it is granted, so that people see what they decide about; kept with the grant, so that later
 * evidence is held against what was known.
 */
import type { Appetite } from '../../core/appetite/appetite.ts';
import { findingsInScope } from '../../core/exceptions/covered-findings.ts';
import type { Grant, GrantFact } from '../../core/exceptions/exception.ts';
import type { Scope } from '../../core/exceptions/scope.ts';
import type { Finding } from '../../core/matching/finding.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import { type Current, readCurrent } from '../../core/register/current.ts';
import { placementPartition } from '../../core/register/keys.ts';
import type { Inventory } from '../../core/sbom/inventory.ts';
import { orderOf } from '../../core/versions/version.ts';
import { readAssessment } from '../judge-image/read-assessment.ts';
import { readDocument } from '../judge-image/read-document.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';
import { stillCounts } from '../sightings/stages.ts';
import { placementsInScope } from './placements-in-scope.ts';

export interface Covering {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
  readonly appetite: Pick<Appetite, 'assets' | 'unnamed'>;
}

/** A current verdict with findings under the scope. */
export interface CoveredVerdict {
  readonly current: Current;
  readonly assessment: Assessment;
  /** One at least. */
  readonly findings: readonly Finding[];
}

/** Facts that are kept with a grant. */
const MOST_FACTS = 5000;

export async function coveredBy(scope: Scope, covering: Covering): Promise<readonly CoveredVerdict[]> {
  const { register, evidence, appetite } = covering;
  const covered: CoveredVerdict[] = [];
  for await (const placement of placementsInScope(scope.images, appetite, register)) {
    const items = await readAll(register, { pk: placementPartition(placement), beginsWith: 'CURRENT#' });
    for (const current of items.map((item) => readCurrent(item))) {
      if (!scope.stages.includes(current.stage) || !(await stillCounts(current, register))) continue;
      const assessment = await readAssessment(evidence, current.assessment);
      const findings = findingsInScope(scope, assessment.findings, await imageOf(assessment, scope, evidence));
      if (findings.length > 0) covered.push({ current, assessment, findings });
    }
  }
  return covered;
}

/** Layers are asked for only where the scope is a base: it takes the inventory to know them. */
async function imageOf(
  { image, asset, stage, inputs }: Assessment,
  { images }: Pick<Scope, 'images'>,
  evidence: EvidenceStore,
): Promise<Parameters<typeof findingsInScope>[2]> {
  const { repository, lineage, sbom } = inputs;
  const inventory = 'base' in images && sbom !== null ? await readDocument<Inventory>(evidence, sbom, 'SBOM') : null;
  const layers = inventory?.layers.map(({ diffId }) => diffId) ?? [];
  return { digest: image.digest, repository, asset: asset?.id ?? null, stage, lineage, layers };
}

/** What is known now of what is covered: one for each vulnerability and source package. */
export function factsOf(covered: readonly CoveredVerdict[]): Pick<Grant, 'facts' | 'count'> {
  const findings = covered.flatMap((one) => one.findings);
  const byName = Map.groupBy(findings, ({ vulnerability, package: { source } }) => `${vulnerability} ${source.name}`);
  const facts = [...byName.values()]
    .map(factOf)
    .sort((a, b) => orderOf(a.vulnerability, b.vulnerability) || orderOf(a.source, b.source));
  return {
    facts: facts.slice(0, MOST_FACTS),
    count: { findings: byName.size, images: new Set(covered.map(({ current }) => current.placement.digest)).size },
  };
}

function factOf(findings: readonly Finding[]): GrantFact {
  const [first] = findings as readonly [Finding, ...Finding[]];
  const epss = findings.flatMap((finding) => finding.epss ?? []).sort((a, b) => b.score - a.score)[0];
  return {
    vulnerability: first.vulnerability,
    source: first.package.source.name,
    kev: findings.some(({ kev }) => kev !== null),
    fixedIn: findings.find(({ fixedIn }) => fixedIn !== null)?.fixedIn ?? null,
    epss: epss === undefined ? null : { score: epss.score, modelVersion: epss.modelVersion },
  };
}
