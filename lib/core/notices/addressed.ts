/** What routing asks of a notice. */
import type { ChangedVerdict } from '../again/changed-verdict.ts';
import type { Stage } from '../image/stage.ts';
import type { Assessment, Decision } from '../register/assessment.ts';
import type { NoticeKind } from './kinds.ts';
import { type Rated, worstOf } from './worst.ts';

export interface Addressed {
  /** As what it may be asked for. */
  readonly kinds: readonly NoticeKind[];
  readonly repository: string | null;
  /** Null where none names the repository. */
  readonly asset: string | null;
  readonly stages: readonly Stage[];
  readonly verdict: Decision | null;
  /** As the appetite names them. */
  readonly owner: string | null;
  /** Of the worst vulnerability that is rated; `none`: there is none; null: not known. */
  readonly severity: Rated | null;
}

/** @param owner - as the appetite names them, for what no asset names too */
export function addressedOf(
  assessment: Pick<Assessment, 'placement' | 'asset' | 'stage' | 'verdict' | 'counts'>,
  { kind, owner }: { readonly kind: NoticeKind; readonly owner: string },
): Addressed {
  const { placement, asset, stage, verdict } = assessment;
  return {
    ...{ kinds: [kind], repository: placement?.repository ?? null, asset: asset?.id ?? null },
    ...{ stages: [stage], verdict, owner, severity: worstOf(assessment) },
  };
}

/** One entry of a round: a round is asked for as a whole, and by the news that it brings. */
export function addressedOfChange(entry: ChangedVerdict): Addressed {
  const { placement, asset, stage, verdict, before, owner, severity } = entry;
  return {
    kinds: [
      'judged-again',
      ...(isExploitedIn(entry) ? (['exploited'] as const) : []),
      ...(verdict === 'unknown' && before !== 'unknown' ? (['became-unknown'] as const) : []),
    ],
    ...{ repository: placement.repository, asset, stages: [stage], verdict, owner, severity },
  };
}

/** Of what runs in production or is to: that is to be known before all else. */
export function isExploitedIn({ stage, news }: Pick<ChangedVerdict, 'stage' | 'news'>): boolean {
  return stage === 'production' && news.some(({ kind }) => kind === 'kev');
}
