/**
 * An assessment: the immutable record of one judgement, and all that it rests on.
 *
 * Its canonical bytes are its identity. The same inputs, judged by the same rules version, give
 * the same bytes: that is what `replay` holds it to.
 */
import type { FeedKind } from '../advisories/feed.ts';
import type { Barred, Lapse } from '../exceptions/apply-exceptions.ts';
import type { Digest } from '../image/digest.ts';
import type { Placement } from '../image/placement.ts';
import type { Platform } from '../image/platform.ts';
import type { Stage } from '../image/stage.ts';
import type { Lineage } from '../lineage/lineage.ts';
import type { Finding, Severity } from '../matching/finding.ts';
import type { JudgedOpinion } from '../opinions/judged-opinions.ts';
import type { OtherFinding } from '../opinions/merge-opinions.ts';
import type { Gap } from '../sbom/gap.ts';
import type { JudgedHistory } from './judged-evidence.ts';

export type Decision = 'go' | 'no-go' | 'unknown';

/** 0–100, one decimal; null where inventory or advisories are missing. */
export interface Scores {
  readonly inherent: number | null;
  readonly residual: number | null;
  readonly open: number | null;
}

export interface Share {
  /** Of these findings alone: shares do not add up to the score of the whole. */
  readonly score: Scores;
  /** Distinct vulnerabilities by severity; one that is in both shares counts in both. */
  readonly counts: Readonly<Record<Severity, number>>;
}

export interface Split {
  readonly own: Share;
  readonly inherited: Share;
}

/** What breaks a criterion; an image criterion has no findings of its own. */
export interface Reason {
  readonly criterion: string;
  readonly message: string;
  readonly findings: readonly {
    readonly vulnerability: string;
    /** The binary package. */
    readonly package: string;
    /** Its source package. */
    readonly source: string;
  }[];
}

export interface JudgedGap extends Gap {
  /** The stage tolerates it by name: listed, and not in the way. */
  readonly tolerated: boolean;
}

export interface UsedFeed {
  readonly id: string;
  readonly kind: FeedKind;
  readonly date: string;
  readonly count: number;
  readonly hash: Digest;
  readonly modelVersion: string | null;
}

/** A bucket that was read: null where the feed holds none by that key. */
export interface UsedBucket {
  readonly feed: string;
  readonly key: string;
  readonly hash: Digest | null;
}

export interface JudgedAsset {
  readonly id: string;
  readonly owner: string;
  readonly exposure: string;
  readonly criticality: string;
}

export interface Assessment {
  readonly schemaVersion: 1;
  readonly rulesVersion: string;
  readonly image: { readonly digest: Digest; readonly reference: string; readonly platform: Platform };
  readonly placement: Placement | null;
  /** Null where no asset of the appetite names the repository. */
  readonly asset: JudgedAsset | null;
  readonly stage: Stage;
  /** `sighted`: the image runs in production, whatever stage the appetite gives its repository. */
  readonly stageFrom: 'given' | 'asset' | 'default' | 'sighted';
  readonly at: string;
  readonly verdict: Decision;
  /** False where the stage only observes, and on go. */
  readonly blocking: boolean;
  readonly score: Scores;
  /** Distinct vulnerabilities by severity. */
  readonly counts: Readonly<Record<Severity, number>>;
  /** The same of what no exception covers: what the criteria count. */
  readonly openCounts: Readonly<Record<Severity, number>>;
  /** What is the image's own, and what it has from its bases. */
  readonly split: Split;
  readonly reasons: readonly Reason[];
  readonly gaps: readonly JudgedGap[];
  readonly findings: readonly Finding[];
  /** Other scanners that have looked, in order; absent where none has. */
  readonly opinions?: readonly JudgedOpinion[];
  /** What they found and Cavendish did not; absent where none has looked. */
  readonly onlyOthers?: readonly OtherFinding[];
  /** Granted exceptions that name findings here and stopped counting on evidence. */
  readonly lapsed: readonly Lapse[];
  /** What granted exceptions name, and the appetite never accepts. */
  readonly barred: readonly Barred[];
  readonly feeds: readonly UsedFeed[];
  readonly appetite: { readonly hash: Digest; readonly source: string };
  readonly inputs: {
    /** The inventory; null where the scan gave none. */
    readonly sbom: Digest | null;
    /** Gaps of a scan that gave no inventory. */
    readonly scanGaps: readonly Gap[];
    readonly buckets: readonly UsedBucket[];
    /** Grants that were in force, in the order of their digests. */
    readonly exceptions: readonly Digest[];
    /** As of when these count, where that is not the instant of judgement. */
    readonly exceptionsAt?: string;
    /** Opinions of other scanners, in the order of their digests; absent where there are none. */
    readonly opinions?: readonly Digest[];
    /** First sight of the vulnerabilities whose publication no record dates: their days to fix count from it. */
    readonly firstSeen: Readonly<Record<string, string>>;
    /** Its bases, as they were known then. */
    readonly lineage: Lineage;
    readonly history: JudgedHistory;
    /** The repository that the appetite was asked about; null where the image has none. */
    readonly repository: string | null;
  };
}

/** The version of the rules that make a verdict. Raise it with any change that can change an assessment. */
export const RULES_VERSION = '4';
