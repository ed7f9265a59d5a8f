/** What differs between two appetites in what they say: not in their order, their comments or how they are written. */
import diff from 'microdiff';

import type { Appetite } from '../../core/appetite/appetite.ts';
import { appetiteTree } from '../../core/appetite/appetite-tree.ts';

/** What stands at a place on either side; null: nothing does. */
export interface AppetiteChange {
  /** As in `stages.production.criteria.fixable-high.daysToFix`. */
  readonly path: string;
  readonly change: 'added' | 'removed' | 'changed';
  readonly before: unknown;
  readonly after: unknown;
}

const CHANGES = { CREATE: 'added', REMOVE: 'removed', CHANGE: 'changed' } as const;

/** In the order of the file. */
export function diffAppetites(before: Appetite, after: Appetite): readonly AppetiteChange[] {
  return diff({ ...appetiteTree(before) }, { ...appetiteTree(after) }).map((one) => ({
    path: one.path.join('.'),
    change: CHANGES[one.type],
    before: 'oldValue' in one ? (one.oldValue as unknown) : null,
    after: 'value' in one ? (one.value as unknown) : null,
  }));
}
