/**
 * What changed between two versions of a feed, record by record.
 *
 * EPSS figures of two models are never compared: what moved there is said as moved by the model, not by risk.
 */
import type { Digest } from '../image/digest.ts';
import type { Feed } from './feed.ts';
import type { CveRecord, EpssRecord, KevRecord, OsvRecord } from './records.ts';

export const CHANGES = ['added', 'removed', 'changed', 'withdrawn', 'risen', 'fallen', 'moved-by-model'] as const;

/**
 * `withdrawn`: an advisory that was taken back, a CVE record that was rejected. `risen`, `fallen`: an EPSS figure by
 * {@link NOTABLE} or more, of one model; `changed` then counts the smaller ones.
 */
export type ChangeKind = (typeof CHANGES)[number];

/** What of a record a reader of changes wants to see. */
export type Shown = Readonly<Record<string, string | number | boolean | null>>;

export interface Change {
  readonly id: string;
  /** Null where it was not there. */
  readonly before: Shown | null;
  /** Null where it is not there any more. */
  readonly after: Shown | null;
}

export interface ChangeGroup {
  readonly kind: ChangeKind;
  readonly count: number;
  /** The first of them: the greatest move first, the entry that was added last first, else by identifier. None of what the model moved. */
  readonly changes: readonly Change[];
}

export interface DiffSide {
  readonly hash: Digest;
  readonly date: string;
  readonly count: number;
  readonly modelVersion: string | null;
}

export interface FeedDiff {
  readonly feed: string;
  readonly kind: Feed['kind'];
  /** Null where nothing was held before. */
  readonly from: DiffSide | null;
  readonly to: DiffSide;
  /** In the order of {@link CHANGES}; none that is empty. */
  readonly groups: readonly ChangeGroup[];
}

/** A change of an EPSS figure, of 0 to 1, that people want to hear of. */
const NOTABLE = 0.1;

export interface DiffFold {
  /** The records of a bucket in both versions. */
  add(before: readonly unknown[], after: readonly unknown[]): void;
  /** @param most - changes that are shown of each kind */
  groups(most: number): readonly ChangeGroup[];
}

/** @param models - of the two versions, for EPSS */
export function startDiff(kind: Feed['kind'], models: readonly [string | null, string | null]): DiffFold {
  const { show, isWithdrawn } = READERS[kind];
  /** A record lies in the bucket of each package that it names: it is one change. */
  const changes = new Map<string, Change>();

  return {
    add(before, after) {
      const then = byId(before, show);
      const now = byId(after, show);
      for (const id of new Set([...then.keys(), ...now.keys()])) {
        const known = changes.get(id);
        const change = {
          id,
          before: then.get(id) ?? known?.before ?? null,
          after: now.get(id) ?? known?.after ?? null,
        };
        if (!isSame(change.before, change.after)) changes.set(id, change);
      }
    },

    groups(most) {
      const sorted = Map.groupBy(changes.values(), (change) =>
        kind === 'epss' ? epssKind(change, models) : kindOf(change, isWithdrawn),
      );
      return CHANGES.flatMap((name) => {
        const found = sorted.get(name) ?? [];
        if (found.length === 0) return [];
        const changes = name === 'moved-by-model' ? [] : found.sort(mostFirst).slice(0, most);
        return [{ kind: name, count: found.length, changes }];
      });
    },
  };
}

interface Reader {
  readonly show: (record: never) => Shown;
  readonly isWithdrawn: (shown: Shown) => boolean;
}

const READERS: Readonly<Record<Feed['kind'], Reader>> = {
  kev: {
    show: ({ dateAdded, dueDate, ransomware }: KevRecord) => ({ dateAdded, dueDate, ransomware }),
    isWithdrawn: () => false,
  },
  epss: { show: ({ score }: EpssRecord) => ({ score }), isWithdrawn: () => false },
  advisories: {
    show: ({ modified, withdrawn }: OsvRecord) => ({ modified, withdrawn }),
    isWithdrawn: ({ withdrawn }) => withdrawn !== null,
  },
  cve: {
    show: ({ state, updated, title }: CveRecord) => ({ state, updated, title }),
    isWithdrawn: ({ state }) => state === 'REJECTED',
  },
};

function byId(records: readonly unknown[], show: Reader['show']): ReadonlyMap<string, Shown> {
  return new Map(records.map((record) => [(record as { readonly id: string }).id, show(record as never)]));
}

function isSame(before: Shown | null, after: Shown | null): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

function kindOf({ before, after }: Change, isWithdrawn: Reader['isWithdrawn']): ChangeKind {
  if (before === null) return 'added';
  if (after === null) return 'removed';
  return isWithdrawn(after) && !isWithdrawn(before) ? 'withdrawn' : 'changed';
}

function epssKind(change: Change, [from, to]: readonly [string | null, string | null]): ChangeKind {
  const { before, after } = change;
  if (before === null) return 'added';
  if (after === null) return 'removed';
  if (from !== to) return 'moved-by-model';
  const moved = moveOf(change);
  // Figures have five decimals: what is 0.1 on paper is 0.1 here.
  if (Math.abs(moved) < NOTABLE - 1e-9) return 'changed';
  return moved > 0 ? 'risen' : 'fallen';
}

function mostFirst(a: Change, b: Change): number {
  const moves = Math.abs(moveOf(b)) - Math.abs(moveOf(a));
  const [one, other] = [a, b].map(({ after }) => String(after?.['dateAdded'] ?? '')) as [string, string];
  if (moves !== 0 || one === other) return moves || (a.id < b.id ? -1 : 1);
  return one > other ? -1 : 1;
}

function moveOf({ before, after }: Change): number {
  return Number(after?.['score'] ?? 0) - Number(before?.['score'] ?? 0);
}
