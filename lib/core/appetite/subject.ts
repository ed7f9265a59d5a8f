/** The values that a criterion sees; their types are in criterion-environment.ts. */
import type { Asset } from './appetite.ts';
import type { Platform } from '../image/platform.ts';
import { platformName } from '../image/platform.ts';
import type { Stage } from '../image/stage.ts';
import type { Finding, Severity } from '../matching/finding.ts';
import { SEVERITIES } from '../matching/finding.ts';
import type { Scores } from '../register/assessment.ts';
import { metricOf } from '../scoring/cvss.ts';
import { CVSS_PRIOR, EPSS_PRIOR } from '../scoring/priors.ts';

/** What the criteria of a stage are asked about. */
export interface Subject {
  /** What no exception covers. */
  readonly findings: readonly Finding[];
  readonly image: { readonly platform: Platform };
  readonly repository: string | null;
  readonly asset: Asset | null;
  /** What holds where no asset names the repository. */
  readonly unnamed: Pick<Asset, 'owner' | 'exposure' | 'criticality'>;
  readonly stage: Stage;
  readonly score: Scores;
  readonly at: string;
  /** First sight of the vulnerabilities whose publication no record dates. */
  readonly firstSeen: Readonly<Record<string, string>>;
}

export const DAY = 86_400_000;

export function imageValues({ findings, image, repository, asset, unnamed, stage, score }: Subject) {
  const { owner, exposure, criticality } = asset ?? unnamed;
  return {
    stage,
    image: { repository: repository ?? '', platform: platformName(image.platform) },
    asset: { named: asset !== null, id: asset?.id ?? '', owner, exposure, criticality },
    // Without a score there is a gap, and the gap makes the verdict unknown: 0 breaks nothing by guess.
    score: {
      known: score.open !== null,
      open: score.open ?? 0,
      inherent: score.inherent ?? 0,
      residual: score.residual ?? 0,
    },
    counts: countsOf(findings),
  };
}

export function findingValues(finding: Finding, subject: Subject) {
  const { vulnerability, aliases, severity, fixedIn, title, disputed, cvss, epss, kev, package: found } = finding;
  const since = datedSince(finding, subject);
  return {
    vulnerability,
    aliases,
    severity,
    fixable: fixedIn !== null,
    fixedIn: fixedIn ?? '',
    title: title ?? '',
    disputed: disputed ?? '',
    age: { known: finding.published !== null, days: since === null ? 0 : (Date.parse(subject.at) - since) / DAY },
    cvss: { known: cvss !== null, score: cvss?.score ?? CVSS_PRIOR, version: cvss?.version ?? '' },
    epss: {
      known: epss !== null,
      score: epss?.score ?? EPSS_PRIOR.score,
      percentile: epss?.percentile ?? EPSS_PRIOR.percentile,
      modelVersion: epss?.modelVersion ?? '',
    },
    kev: { listed: kev !== null, ransomware: kev?.ransomware ?? false, dateAdded: kev?.dateAdded ?? '' },
    ssvc: ssvcValues(finding),
    package: { name: found.name, version: found.version, type: found.type, source: found.source.name },
  };
}

/** From when days to fix count: publication, else first sight; null where neither is known. */
export function datedSince(
  { published, vulnerability }: Pick<Finding, 'published' | 'vulnerability'>,
  { firstSeen }: Pick<Subject, 'firstSeen'>,
): number | null {
  const since = published ?? firstSeen[vulnerability];
  return since === undefined ? null : Date.parse(since);
}

/**
 * CISA's decision points; where CISA gives none they are derived from the CVSS vector, as published
 * with BOD 26-04: automatable by a network attack without complexity, privileges or interaction,
 * technical impact total where confidentiality and integrity are lost.
 */
function ssvcValues({ ssvc, cvss, kev }: Finding) {
  const vector = cvss?.vector ?? '';
  const is = (metric: string, value: string): boolean => metricOf(vector, metric) === value;
  const automatable = is('AV', 'N') && is('AC', 'L') && is('PR', 'N') && is('UI', 'N');
  const total = (is('C', 'H') && is('I', 'H')) || (is('VC', 'H') && is('VI', 'H'));
  const complete = ssvc !== null && ssvc.automatable !== null && ssvc.technicalImpact !== null;
  return {
    known: complete || cvss !== null,
    derived: !complete && cvss !== null,
    exploitation: kev !== null ? 'active' : (ssvc?.exploitation ?? 'none'),
    automatable: ssvc?.automatable ?? automatable,
    technicalImpact: ssvc?.technicalImpact ?? (total ? 'total' : 'partial'),
  };
}

function countsOf(findings: readonly Finding[]) {
  const severityOf = new Map(findings.map(({ vulnerability, severity }) => [vulnerability, severity]));
  const count = (severity: Severity): number => [...severityOf.values()].filter((each) => each === severity).length;
  const fixable = new Set(findings.filter(({ fixedIn }) => fixedIn !== null).map(({ vulnerability }) => vulnerability));
  const bySeverity = Object.fromEntries(SEVERITIES.map((severity) => [severity, count(severity)]));
  return { ...bySeverity, total: severityOf.size, fixable: fixable.size };
}
