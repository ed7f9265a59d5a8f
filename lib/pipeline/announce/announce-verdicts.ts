/**
 * Announces a batch of verdicts: notices to the topics of those who want them, events to the bus.
 *
 * Each piece of work ends for itself. It is done when every reader has its notice and the bus has its
 * events; what failed is tried again, and what a topic accepted is not sent to it again.
 */
import { CavendishError } from '../../core/errors/error.ts';
import type { OutEvent } from '../../core/events/out-event.ts';
import { operatorOf, type Reader } from '../../core/notices/routing.ts';
import type { EventSink } from '../ports/event-sink.ts';
import type { Work } from '../ports/work-queue.ts';
import { composeOwed, type Composing, type OwedNotice } from './owed-notice.ts';
import { tellReader } from './tell-reader.ts';
import type { Telling } from './tell-topic.ts';

export interface AnnounceDependencies extends Composing, Omit<Telling, 'operator'> {
  readonly events: EventSink;
  /** Gets what nobody else wants. */
  readonly operatorTopic: string;
}

export interface Announced {
  /** What is not done, by the id of the work. */
  readonly failures: ReadonlyMap<string, unknown>;
  /** Messages that topics accepted. */
  readonly noticesSent: number;
  /** Notices that went out inside a round-up, or wait for one. */
  readonly noticesHeldBack: number;
}

/** Assessments are read so many at a time: each may be large. */
const READ_AT_ONCE = 8;

const NOBODY = 'No subscriber wants this notice: it comes to you as the operator.';

export async function announceVerdicts(works: readonly Work[], dependencies: AnnounceDependencies): Promise<Announced> {
  const failures = new Map<string, unknown>();
  const owed = await composeAll(works, dependencies, failures);
  let [noticesSent, noticesHeldBack] = [0, 0];
  const operator = operatorOf(dependencies.operatorTopic);
  for (const { reader, notices, foot } of byReader(owed, operator)) {
    const told = await tellReader(reader, notices, { ...dependencies, operator }, foot);
    noticesSent += told.sent;
    noticesHeldBack += told.heldBack;
    for (const [work, cause] of told.failures) failures.set(work, cause);
  }
  for (const [work, cause] of await publishAll(owed, dependencies.events)) failures.set(work, cause);
  return { failures, noticesSent, noticesHeldBack };
}

async function composeAll(
  works: readonly Work[],
  composing: Composing,
  failures: Map<string, unknown>,
): Promise<readonly OwedNotice[]> {
  const owed: OwedNotice[] = [];
  for (let start = 0; start < works.length; start += READ_AT_ONCE) {
    const some = works.slice(start, start + READ_AT_ONCE);
    const composed = await Promise.allSettled(some.map((work) => composeOwed(work, composing)));
    for (const [place, one] of composed.entries()) {
      const work = some[place];
      if (one.status === 'fulfilled') owed.push(one.value);
      else if (work !== undefined) failures.set(work.id, one.reason);
    }
  }
  return owed;
}

interface Told {
  readonly reader: Reader;
  readonly notices: readonly OwedNotice[];
  readonly foot: string | undefined;
}

function byReader(owed: readonly OwedNotice[], operator: Reader): readonly Told[] {
  const readers = new Map<string, { reader: Reader; notices: OwedNotice[] }>();
  for (const one of owed) {
    for (const reader of one.readers) {
      const told = readers.get(reader.name) ?? { reader, notices: [] };
      told.notices.push(one);
      readers.set(reader.name, told);
    }
  }
  const unwanted = owed.filter((one) => one.readers.length === 0);
  return [
    ...[...readers.values()].map((told) => ({ ...told, foot: undefined })),
    ...(unwanted.length === 0 ? [] : [{ reader: operator, notices: unwanted, foot: NOBODY }]),
  ];
}

async function publishAll(owed: readonly OwedNotice[], events: EventSink): Promise<ReadonlyMap<string, unknown>> {
  const workOf = new Map(
    owed.flatMap(({ work, events: some }) => some.map(({ detail }) => [detail.id, work] as const)),
  );
  const all: readonly OutEvent[] = owed.flatMap(({ events: some }) => some);
  if (all.length === 0) return new Map();
  try {
    const unaccepted = await events.publish(all);
    return new Map(unaccepted.map(({ id, cause }) => [workOf.get(id) ?? id, new CavendishError('unavailable', cause)]));
  } catch (error) {
    return new Map(owed.map(({ work }) => [work, error]));
  }
}
