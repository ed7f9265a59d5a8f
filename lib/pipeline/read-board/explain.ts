/** Why an image has a vulnerability or not: as it was judged last, from the evidence that its assessment names. */
import { z } from 'zod';

import { cveBucket } from '../../core/advisories/bucket.ts';
import type { Digest } from '../../core/image/digest.ts';
import { explain, type ExplainedSubject, worstOf } from '../../core/matching/explain.ts';
import type { Outcome } from '../../core/matching/explain-record.ts';
import type { Finding } from '../../core/matching/finding.ts';
import { seesOf } from '../../core/people/sees.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import type { Current } from '../../core/register/current.ts';
import { recordsOf } from '../../core/register/read-records.ts';
import { hidesFindings } from '../../core/risks/coverage.ts';
import type { Package } from '../../core/sbom/inventory.ts';
import { readBuckets } from '../judge-image/gather.ts';
import { readAssessment } from '../judge-image/read-assessment.ts';
import { nameSchema } from '../operations/fields.ts';
import { operation, type OperationContext } from '../operations/operation.ts';
import { restoreEvidence } from '../replay-assessment/replay-assessment.ts';
import { findSeen } from './show.ts';

/** `not named`: no record that was read names it for these packages; `no such package`: the image has none of that name; `not read`: there is no inventory. */
type Answer = Outcome | 'not named' | 'no such package' | 'not read';

export interface Explanation {
  readonly placement: Current['placement'];
  readonly tags: readonly string[];
  readonly stage: Current['stage'];
  readonly assessment: Digest;
  /** The instant of judgement. */
  readonly at: string;
  /** As asked. */
  readonly vulnerability: string;
  readonly aliases: readonly string[];
  readonly outcome: Answer;
  /** What its CVE record says of itself; null where none is held under the name or an alias. */
  readonly cve: { readonly id: string; readonly state: string; readonly disputed: boolean } | null;
  readonly subjects: readonly ExplainedSubject[];
  /** What became of it: the findings of these packages. */
  readonly findings: readonly Pick<
    Finding,
    'vulnerability' | 'package' | 'fixedIn' | 'severity' | 'disputed' | 'inheritedFrom' | 'due' | 'exceptions'
  >[];
  /** Exceptions that name it and count no more, or never may, and why. */
  readonly lapsed: Assessment['lapsed'];
  readonly barred: Assessment['barred'];
  /** What was not read, or nobody answers for: it may be there too. */
  readonly gaps: Assessment['gaps'];
}

export const explainOperation = operation({
  name: 'explain',
  changes: false,
  input: z.strictObject({ image: nameSchema, vulnerability: nameSchema, package: nameSchema.nullable() }),
  run: async ({ image, vulnerability, package: name }, context): Promise<readonly Explanation[]> => {
    const found = await findSeen(image, context.register, seesOf(context));
    return await Promise.all(found.map((current) => explainOne(current, { vulnerability, name }, context)));
  },
});

async function explainOne(
  { placement, tags, stage, assessment: id }: Current,
  { vulnerability, name }: { readonly vulnerability: string; readonly name: string | null },
  { evidence, intelligence }: OperationContext,
): Promise<Explanation> {
  const assessment = await readAssessment(evidence, id);
  const { feeds, buckets, scan, exceptions } = await restoreEvidence(assessment, evidence);
  const packages = scan.inventory?.packages ?? [];
  const isAsked = ({ name: own, source, purl }: Pick<Package, 'name' | 'source' | 'purl'>): boolean =>
    name === null || [own, source.name, purl].includes(name);
  const { advisoriesOf } = recordsOf(feeds, buckets);
  const { aliases, subjects } = explain(vulnerability, packages, advisoriesOf, isAsked);
  const names = [vulnerability, ...aliases];
  const cves = await readBuckets(
    intelligence,
    feeds,
    'cve',
    names.flatMap((one) => cveBucket(one) ?? []),
  );
  const { factsOf } = recordsOf(feeds, cves);
  const cve = names.flatMap((one) => factsOf(one).cve ?? [])[0] ?? null;
  const findings = assessment.findings.filter(
    (finding) =>
      isAsked(finding.package) && [finding.vulnerability, ...finding.aliases].some((one) => names.includes(one)),
  );
  const naming = new Set(
    exceptions
      .filter(({ grant }) => grant.terms.scope.vulnerabilities.some((one) => names.includes(one)))
      .map(({ grant }) => grant.id),
  );
  return {
    ...{ placement, tags, stage, assessment: id, at: assessment.at, vulnerability, aliases, subjects },
    outcome: outcomeOf(scan.inventory !== null, packages.some(isAsked), subjects),
    cve: cve === null ? null : { id: cve.id, state: cve.state, disputed: cve.disputed },
    findings: findings.map(
      ({ vulnerability: found, package: pkg, fixedIn, severity, disputed, inheritedFrom, due, exceptions }) => {
        return { vulnerability: found, package: pkg, fixedIn, severity, disputed, inheritedFrom, due, exceptions };
      },
    ),
    lapsed: assessment.lapsed.filter(({ id: lapsed }) => naming.has(lapsed)),
    barred: assessment.barred.filter((one) => names.includes(one.vulnerability)),
    gaps: assessment.gaps.filter(({ kind }) => hidesFindings(kind)),
  };
}

function outcomeOf(isRead: boolean, isThere: boolean, subjects: readonly ExplainedSubject[]): Answer {
  if (!isRead) return 'not read';
  if (!isThere) return 'no such package';
  return subjects.length === 0 ? 'not named' : worstOf(subjects);
}
