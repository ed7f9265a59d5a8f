/** What the criteria of a stage are asked about, as the values that they see: vocabulary.ts says what each means. */
import { madeAt } from '../image/made.ts';
import { type Platform, platformName } from '../image/platform.ts';
import type { Stage } from '../image/stage.ts';
import { isApproved } from '../lineage/approval.ts';
import { isInherited } from '../lineage/brought-by.ts';
import { baseOf, type Lineage, nameOf } from '../lineage/lineage.ts';
import type { Finding } from '../matching/finding.ts';
import type { JudgedOpinion } from '../opinions/judged-opinions.ts';
import type { OtherFinding } from '../opinions/merge-opinions.ts';
import type { Scores, Split } from '../register/assessment.ts';
import type { JudgedHistory } from '../register/judged-evidence.ts';
import { countsOf, distinctCount } from '../scoring/counts.ts';
import { figuresOf } from '../scoring/figures.ts';
import type { Asset } from './appetite.ts';
import type { FindingValues, ImageValues } from './vocabulary.ts';

export interface Subject {
  /** What no exception covers. */
  readonly findings: readonly Finding[];
  readonly image: { readonly platform: Platform };
  /** When the image was made, as it says itself (ISO 8601); null where it does not. */
  readonly created: string | null;
  /** How many packages its SBOM holds. */
  readonly packages: number;
  readonly repository: string | null;
  readonly asset: Asset | null;
  /** What holds where no asset names the repository. */
  readonly unnamed: Pick<Asset, 'owner' | 'exposure' | 'criticality'>;
  readonly stage: Stage;
  readonly score: Scores;
  readonly split: Split;
  readonly lineage: Lineage;
  readonly history: JudgedHistory;
  readonly at: string;
  /** Where the programme is at home (IANA name): days that are dates end there. */
  readonly zone: string;
  /** Other scanners that have looked, and what only they found. */
  readonly opinions: readonly Pick<JudgedOpinion, 'scanner' | 'at'>[];
  readonly onlyOthers: readonly OtherFinding[];
  /** First sight (ISO 8601) of the vulnerabilities whose publication no record dates. */
  readonly firstSeen: Readonly<Record<string, string>>;
}

/** As criteria know us among those who found something. */
const US = 'cavendish';

export const DAY = 86_400_000;

/** What does not say its age is taken to be older than any limit, and never to be new. */
const UNKNOWN_AGE = 36_500;

export function imageValues(subject: Subject): ImageValues {
  const { findings, image, repository, packages, asset, unnamed, stage, score, split } = subject;
  const { owner, exposure, criticality } = asset ?? unnamed;
  return {
    stage,
    image: {
      repository: repository ?? '',
      platform: platformName(image.platform),
      packages: BigInt(packages),
      age: ageOf(subject.created, subject),
      ...opinionValues(subject),
    },
    base: baseValues(subject),
    asset: { named: asset !== null, id: asset?.id ?? '', owner, exposure, criticality },
    passed: passedValues(subject),
    validated: validatedValues(subject),
    // Without a score there is a gap, and the gap makes the verdict unknown: 0 breaks nothing by guess.
    score: {
      known: score.open !== null,
      open: score.open ?? 0,
      inherent: score.inherent ?? 0,
      residual: score.residual ?? 0,
      own: split.own.score.open ?? 0,
      inherited: split.inherited.score.open ?? 0,
    },
    counts: countValues(findings),
  };
}

/** An opinion that is not there is older than any limit. */
function opinionValues({ opinions, onlyOthers, at }: Subject) {
  const ages = opinions.map((one) => daysBetween(Date.parse(one.at), { at }));
  return {
    opinions: opinions.map(({ scanner }) => scanner),
    opinionAge: { known: ages.length > 0, days: ages.length > 0 ? Math.min(...ages) : UNKNOWN_AGE },
    onlyOthers: { ...severityValues(countsOf(onlyOthers)), total: BigInt(distinctCount(onlyOthers)) },
  };
}

function passedValues({ history: { passed } }: Subject): ImageValues['passed'] {
  return { development: passed.includes('development'), testing: passed.includes('testing') };
}

function validatedValues({ history: { validatedAt }, at }: Subject): ImageValues['validated'] {
  const known = validatedAt !== null;
  return { known, days: known ? daysBetween(Date.parse(validatedAt), { at }) : UNKNOWN_AGE };
}

/** A base that is not known is approved by nobody, is not the latest, and is older than any limit. */
function baseValues(subject: Subject): ImageValues['base'] {
  const { lineage, stage, at } = subject;
  const base = baseOf(lineage);
  return {
    known: base !== null,
    name: base === null ? '' : nameOf(base),
    names: base?.names ?? [],
    approved: [lineage.approval, base?.approval ?? null].some((approval) => isApproved(approval, stage, at)),
    latest: base !== null && base.newest === null,
    age: ageOf(base?.created ?? null, subject),
  };
}

function ageOf(created: string | null, { at }: Pick<Subject, 'at'>): ImageValues['image']['age'] {
  const made = madeAt(created);
  return { known: made !== null, days: made === null ? UNKNOWN_AGE : daysBetween(made, { at }) };
}

/** Days from an instant in milliseconds until the judgement, and parts of one; 0 where it is still to come. */
function daysBetween(since: number, { at }: Pick<Subject, 'at'>): number {
  return Math.max(0, Date.parse(at) - since) / DAY;
}

function countValues(findings: readonly Finding[]): ImageValues['counts'] {
  return {
    ...severityValues(countsOf(findings)),
    total: BigInt(distinctCount(findings)),
    fixable: BigInt(distinctCount(findings.filter(({ fixedIn }) => fixedIn !== null))),
    own: BigInt(distinctCount(findings.filter((finding) => !isInherited(finding)))),
    inherited: BigInt(distinctCount(findings.filter(isInherited))),
  };
}

function severityValues({ critical, high, medium, low, none, unrated }: ReturnType<typeof countsOf>) {
  return {
    critical: BigInt(critical),
    high: BigInt(high),
    medium: BigInt(medium),
    low: BigInt(low),
    none: BigInt(none),
    unrated: BigInt(unrated),
  };
}

export function findingValues(finding: Finding, subject: Subject): FindingValues {
  const { vulnerability, aliases, severity, fixedIn, title, disputed, published, cwes, package: found } = finding;
  const { kev, ...figures } = figuresOf(finding);
  return {
    vulnerability,
    aliases,
    title: title ?? '',
    severity,
    fixable: fixedIn !== null,
    fixedIn: fixedIn ?? '',
    disputed: disputed ?? 'no',
    cwes,
    inherited: isInherited(finding),
    base: baseName(finding, subject),
    foundBy: [US, ...(finding.alsoFoundBy ?? [])],
    age: { known: published !== null, days: daysBetween(countedFrom(finding, subject), subject) },
    ...figures,
    kev: { ...kev, days: kev.listed ? daysBetween(Date.parse(kev.dateAdded), subject) : 0 },
    package: { name: found.name, version: found.version, type: found.type, source: found.source.name },
  };
}

function baseName({ inheritedFrom }: Finding, { lineage }: Subject): string {
  const base = lineage.bases.find(({ image }) => image === inheritedFrom);
  return base === undefined ? '' : nameOf(base);
}

/**
 * From when days to fix count, in milliseconds: publication (a new push of an old hole is late on
 * arrival); where no record dates it, first sight; what was never seen before is seen now.
 */
export function countedFrom({ published, vulnerability }: Finding, { firstSeen, at }: Subject): number {
  const seen = Object.hasOwn(firstSeen, vulnerability) ? firstSeen[vulnerability] : undefined;
  return Date.parse(published ?? seen ?? at);
}
