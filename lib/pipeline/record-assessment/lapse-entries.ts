/** The work of ending what an assessment found lapsed: an exception lapses once, whoever finds it first. */
import type { OutboxEntry } from '../ports/register-store.ts';
import { LAPSE_EXCEPTION } from '../work/work-types.ts';
import type { Recording } from './current-items.ts';

/** Of one verdict: with these ended it is judged again, and leaves the rest. */
const MOST = 5;

export function lapseEntries({ assessment, id: found }: Pick<Recording, 'assessment' | 'id'>): readonly OutboxEntry[] {
  return assessment.lapsed.slice(0, MOST).map(({ id, why }) => ({
    id: `${LAPSE_EXCEPTION}#${id}`,
    type: LAPSE_EXCEPTION,
    body: { id, why, assessment: found },
  }));
}
