/** The work that a change of an exception leaves, so that people are told of it. */
import { contentId } from '../../core/canonical/canonical.ts';
import type { Change } from '../../core/exceptions/change.ts';
import type { OutboxEntry } from '../ports/register-store.ts';
import { TELL_EXCEPTION } from '../work/work-types.ts';

/** None where nobody is told of such a change by itself: of the end of its time a reminder tells. */
export function tellEntries(change: Change): readonly OutboxEntry[] {
  if (!isTold(change)) return [];
  const { at, exception } = change;
  const hash = contentId(change);
  const body = { id: exception.id, at, change: hash };
  return [{ id: `${TELL_EXCEPTION}#${exception.id}#${hash}`, type: TELL_EXCEPTION, body }];
}

function isTold({ did, exception: { ended } }: Change): boolean {
  if (did === 'ended') return ended?.how === 'lapsed' || ended?.how === 'revoked';
  return did === 'requested' || did === 'granted' || did === 'refused';
}
