/**
 * A finding: one vulnerability in one package of one image, with everything that is known of it.
 *
 * What is missing is null. Nothing here is a guess: the priors that stand in for missing figures
 * are the score's and the appetite's (see scoring/), and never shown as facts.
 */
import type { Digest } from '../image/digest.ts';

export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'none', 'unrated'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A CVSS base score, computed from its vector. */
export interface Cvss {
  /** 0.0–10.0 */
  readonly score: number;
  readonly vector: string;
  /** `4.0`, `3.1`, `3.0` */
  readonly version: string;
  /** Who rated it: `cna:mitre`, `adp:CISA-ADP`, `osv:GHSA-…`. */
  readonly source: string;
}

/** The decision points of CISA's SSVC, as its coordinators publish them. */
export interface Ssvc {
  readonly exploitation: 'none' | 'poc' | 'active' | null;
  readonly automatable: boolean | null;
  readonly technicalImpact: 'partial' | 'total' | null;
  readonly source: string;
}

/** The probability (0–1) that the CVE is exploited in the next 30 days; figures of two models do not compare. */
export interface Epss {
  readonly score: number;
  readonly percentile: number;
  readonly modelVersion: string;
  readonly date: string;
}

/** An entry of CISA's catalogue of known exploited vulnerabilities. */
export interface Kev {
  /** ISO dates (YYYY-MM-DD). */
  readonly dateAdded: string;
  readonly dueDate: string | null;
  readonly ransomware: boolean;
}

/** How an advisory matched. */
export interface Matched {
  readonly record: string;
  /** The OSV ecosystem of the record's `affected` entry. */
  readonly ecosystem: string;
  /** `range`: the version lies in a range of events; `version`: it is enumerated. */
  readonly by: 'range' | 'version';
  /** The version compared: for a distribution, that of the source package. */
  readonly version: string;
  /** The event that opened the range and the one that would close it; null where none is given. */
  readonly introduced: string | null;
  readonly fixed: string | null;
}

/** The package of a finding: the binary, with its source. */
export interface FoundPackage {
  readonly name: string;
  readonly version: string;
  readonly type: string;
  readonly purl: string;
  readonly layer: Digest;
  readonly source: { readonly name: string; readonly version: string };
}

/** An exception in force that covers a finding: people see both, criteria see neither. */
export interface CoveredBy {
  readonly id: string;
  /** The person who carries the risk, by name. */
  readonly owner: string;
  /** ISO 8601: at that instant it no longer counts. */
  readonly until: string;
  /** 0–1: what its controls leave of the risk. */
  readonly share: number;
}

export interface Finding {
  readonly vulnerability: string;
  readonly aliases: readonly string[];
  /** Advisory records that speak of it here. */
  readonly records: readonly string[];
  readonly package: FoundPackage;
  /** The smallest version that fixes it on this branch; null where none is known. */
  readonly fixedIn: string | null;
  readonly title: string | null;
  /** When the vulnerability was published (ISO 8601); null where no record says. */
  readonly published: string | null;
  /** The CVE record was rejected, or is disputed by its tags; null where neither. */
  readonly disputed: 'rejected' | 'disputed' | null;
  readonly cwes: readonly string[];
  readonly severity: Severity;
  /** The figure that counts, by the rule in docs/score.md. */
  readonly cvss: Cvss | null;
  /** Every figure that is held, the one that counts first. */
  readonly ratings: readonly Cvss[];
  readonly ssvc: Ssvc | null;
  readonly epss: Epss | null;
  readonly kev: Kev | null;
  readonly matched: readonly Matched[];
  readonly foundBy: string;
  /** Other scanners that say the same of the image, in order; absent where none does. */
  readonly alsoFoundBy?: readonly string[];
  /** The base that brought the package; null where the image did. */
  readonly inheritedFrom: Digest | null;
  /** The earliest instant at which a criterion of the stage counts it late; null where none sets days, or an exception covers it. */
  readonly due: string | null;
  /** Every exception that covers it, in the order of their ids. */
  readonly exceptions: readonly CoveredBy[];
}
