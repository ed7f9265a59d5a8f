/**
 * The risk appetite: the organisation's written statement, and the criteria that follow from it.
 *
 * One reviewed YAML file says which repositories are which asset, and for each stage what is not
 * acceptable. docs/appetite.md is its language.
 */
import type { FeedKind } from '../advisories/feed.ts';
import type { Stage } from '../image/stage.ts';
import type { Criticality } from './criticality.ts';
import type { ExceptionPolicy } from './exception-policy.ts';
import type { Person } from './person.ts';
import type { NoticePolicy, ReminderPolicy } from './reminder-policy.ts';

export const EXPOSURES = ['internet', 'internal', 'none'] as const;
export const MODES = ['enforce', 'observe'] as const;
/** From when days to fix count. */
export const COUNTED_FROM = ['published', 'kev'] as const;

/** A rule: a CEL expression that is true for what breaks it. */
export interface Criterion {
  readonly id: string;
  /** The sentence that people read. */
  readonly says: string;
  /** `finding`: asked of each finding. `image`: asked once of the image. */
  readonly asks: 'finding' | 'image';
  readonly expression: string;
  /** A finding breaks it only this many days after `from`; null: at once. */
  readonly daysToFix: number | null;
  /** `kev`: whole days from the listing in KEV; what is not listed counts from its publication. */
  readonly from: (typeof COUNTED_FROM)[number];
}

export interface StagePolicy {
  /** `observe` decides the same and blocks nothing. */
  readonly mode: (typeof MODES)[number];
  /** The greatest age in days of each kind of feed; a kind that is left out may be of any age. */
  readonly maxAgeDays: Readonly<Partial<Record<FeedKind, number>>>;
  /** Gaps that do not make the verdict unknown: `kind`, or `kind:subject`. */
  readonly tolerate: readonly string[];
  readonly criteria: readonly Criterion[];
}

export interface Asset {
  readonly id: string;
  /** Patterns of repository names: `team/app`, `team/*`, `team/**`. */
  readonly repositories: readonly string[];
  readonly owner: string;
  readonly stage: Stage;
  readonly exposure: (typeof EXPOSURES)[number];
  readonly criticality: Criticality;
}

export interface Appetite {
  readonly statement: string;
  /** IANA name: where the programme is at home. A date without a time is the end of that day there. */
  readonly zone: string;
  readonly people: readonly Person[];
  readonly assets: readonly Asset[];
  /** What holds for a repository that no asset names. */
  readonly unnamed: {
    readonly stage: Stage;
    readonly owner: string;
    readonly exposure: Asset['exposure'];
    readonly criticality: Asset['criticality'];
  };
  readonly stages: Readonly<Record<Stage, StagePolicy>>;
  readonly exceptions: ExceptionPolicy;
  readonly reminders: ReminderPolicy;
  readonly notices: NoticePolicy;
}
