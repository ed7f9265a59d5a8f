/** What a commit leaves that may change verdicts: the work of finding out which. */
import { type Cause, causeName } from '../../core/again/cause.ts';
import type { OutboxEntry } from '../ports/register-store.ts';
import { PLAN_AGAIN } from '../work/work-types.ts';

export function planEntry(cause: Cause): OutboxEntry {
  return { id: `${PLAN_AGAIN}#${causeName(cause)}`, type: PLAN_AGAIN, body: { ...cause } };
}
