/** Findings beside the exceptions that cover them, and what is left for the criteria to see. */
import { neverExcepted } from '../appetite/never-excepted.ts';
import type { Subject } from '../appetite/subject.ts';
import { applyExceptions, type Barred, type Lapse } from '../exceptions/apply-exceptions.ts';
import type { Digest } from '../image/digest.ts';
import type { Finding } from '../matching/finding.ts';
import type { Rated } from '../scoring/figures.ts';
import type { JudgedEvidence } from './judged-evidence.ts';

interface Excepted {
  /** All of them, in their order. */
  readonly findings: readonly Finding[];
  /** Those that no exception covers. */
  readonly open: readonly Finding[];
  /** Of each that is covered, the share of its risk that its controls leave: of several exceptions the lowest. */
  readonly shares: ReadonlyMap<Rated, number>;
  readonly lapsed: readonly Lapse[];
  readonly barred: readonly Barred[];
}

/**
 * @param layers - the diff IDs of the image's layers, from the base upwards
 * @param subject - the image as if nothing of it were accepted
 */
export function exceptFindings(
  {
    exceptions,
    exceptionsAt,
    appetite,
    image,
  }: Pick<JudgedEvidence, 'exceptions' | 'exceptionsAt' | 'appetite' | 'image'>,
  layers: readonly Digest[],
  subject: Subject,
): Excepted {
  const { findings: found, asset, repository, stage, lineage, at } = subject;
  const { digest } = image;
  const { people, exceptions: policy } = appetite.value;
  const { covered, lapsed, barred } = applyExceptions({
    grants: exceptions.map(({ grant }) => grant),
    findings: found,
    image: { digest, repository, asset: asset?.id ?? null, stage, lineage, layers },
    bounds: policy.controls,
    context: {
      rules: policy.lapse,
      people: people.map(({ name }) => name),
      digest,
      lineage,
      stage,
      at: exceptionsAt ?? at,
    },
    barredBy: neverExcepted(policy.never, subject),
  });
  const findings = found.map((finding) => ({ ...finding, exceptions: covered.get(finding) ?? [] }));
  const shares = findings.flatMap((finding) => {
    const [first, ...more] = finding.exceptions;
    return first === undefined ? [] : [[finding, Math.min(first.share, ...more.map(({ share }) => share))] as const];
  });
  return {
    findings,
    open: findings.filter(({ exceptions: by }) => by.length === 0),
    shares: new Map(shares),
    lapsed,
    barred,
  };
}
