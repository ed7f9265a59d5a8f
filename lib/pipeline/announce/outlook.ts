/** What a round-up of a day or week says beside what waited: what comes due, what ended, what matches nothing any more. */
import type { Appetite } from '../../core/appetite/appetite.ts';
import { type Exception, exceptionSchema, type ExceptionState } from '../../core/exceptions/exception.ts';
import type { Outlook } from '../../core/notices/calendar-round-up.ts';
import { exceptionListPartition } from '../../core/register/exception-keys.ts';
import type { Dated, LadderName } from '../../core/reminders/dated.ts';
import { coveredBy, factsOf } from '../exceptions/coverage.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-all.ts';
import { readLadders } from '../reminders/read-ladders.ts';

export interface Looking {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
  readonly appetite: Appetite;
  /** What comes due of a ladder; null where it was dealt with. */
  readonly dated: (ladder: LadderName) => Promise<Dated | null>;
}

/** What an exception covers is read from many images: so many are looked at, the oldest first. */
const MOST_LOOKED_AT = 200;

/** @param span - what ended since, and what is due until (ISO 8601, UTC) */
export async function lookOut(
  { since, until }: { readonly since: string; readonly until: string },
  looking: Looking,
): Promise<Outlook> {
  const [due, ended, unused] = await Promise.all([
    dueUntil(until, looking),
    endedSince(since, looking),
    unusedNow(looking),
  ]);
  return { due, ended, unused };
}

/** What is overdue and waits for somebody is among it. */
async function dueUntil(until: string, { register, dated }: Looking): Promise<readonly Dated[]> {
  const due: Dated[] = [];
  const states = await readLadders(register);
  for (const { kind, subject } of states.filter((state) => state.next !== null && state.due.at <= until)) {
    const one = await dated({ kind, subject });
    if (one !== null) due.push(one);
  }
  return due.sort((a, b) => (a.due.at < b.due.at ? -1 : 1));
}

/** What was renewed did not end for anybody. */
async function endedSince(since: string, looking: Looking): Promise<readonly Exception[]> {
  const ended = await exceptionsOf('ended', looking);
  return ended.filter((one) => one.ended !== null && one.ended.how !== 'superseded' && one.ended.at > since);
}

async function unusedNow(looking: Looking): Promise<readonly Exception[]> {
  const unused: Exception[] = [];
  for (const exception of (await exceptionsOf('granted', looking)).slice(0, MOST_LOOKED_AT)) {
    const { count } = factsOf(await coveredBy(exception.terms.scope, looking));
    if (count.findings === 0) unused.push(exception);
  }
  return unused;
}

async function exceptionsOf(state: ExceptionState, { register }: Looking): Promise<readonly Exception[]> {
  const items = await readAll(register, { pk: exceptionListPartition(state), index: 'board' });
  return items.map(({ body }) => exceptionSchema.parse(body));
}
