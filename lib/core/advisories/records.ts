/**
 * The records that feeds are made of, trimmed to what a judgement reads.
 *
 * Readers (osv.ts, cve.ts, kev.ts, epss.ts in this folder) parse what is published into these.
 * The instants are ISO 8601 in UTC.
 */

/** An event of an OSV range, as published: exactly one of these is set. */
export interface OsvEvent {
  readonly introduced?: string;
  readonly fixed?: string;
  readonly last_affected?: string;
  readonly limit?: string;
}

export interface OsvRange {
  readonly type: 'ECOSYSTEM' | 'SEMVER' | 'GIT';
  readonly events: readonly OsvEvent[];
}

export interface OsvSeverity {
  /** `CVSS_V2`, `CVSS_V3`, `CVSS_V4`, or a distribution's own scale (`Ubuntu`). */
  readonly type: string;
  readonly score: string;
}

export interface OsvAffected {
  /** `Debian:12`, `npm`, … */
  readonly ecosystem: string;
  readonly name: string;
  readonly ranges: readonly OsvRange[];
  readonly versions: readonly string[];
  readonly severity: readonly OsvSeverity[];
}

/** An advisory (OSV schema, https://ossf.github.io/osv-schema/). */
export interface OsvRecord {
  readonly id: string;
  readonly modified: string;
  readonly published: string | null;
  readonly withdrawn: string | null;
  readonly aliases: readonly string[];
  readonly upstream: readonly string[];
  readonly summary: string | null;
  readonly severity: readonly OsvSeverity[];
  readonly affected: readonly OsvAffected[];
}

export interface CveMetric {
  /** `cna:mitre`, `adp:CISA-ADP` */
  readonly source: string;
  /** A CVSS 3.0, 3.1 or 4.0 vector, as published. */
  readonly vector: string;
}

/** A CVE record (CVE JSON 5), trimmed. */
export interface CveRecord {
  readonly id: string;
  readonly state: 'PUBLISHED' | 'REJECTED';
  readonly published: string | null;
  readonly updated: string | null;
  readonly title: string | null;
  readonly disputed: boolean;
  readonly cwes: readonly string[];
  readonly metrics: readonly CveMetric[];
  readonly ssvc: {
    readonly exploitation: 'none' | 'poc' | 'active' | null;
    readonly automatable: boolean | null;
    readonly technicalImpact: 'partial' | 'total' | null;
    readonly source: string;
  } | null;
}

export interface KevRecord {
  readonly id: string;
  /** YYYY-MM-DD */
  readonly dateAdded: string;
  readonly dueDate: string | null;
  readonly ransomware: boolean;
}

/** Both figures 0–1. */
export interface EpssRecord {
  readonly id: string;
  readonly score: number;
  readonly percentile: number;
}
