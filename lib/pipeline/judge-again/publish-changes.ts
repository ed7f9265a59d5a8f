/** Tells programs of the verdicts of a page that are news: an event each, however they are told to people. */
import { type Cause, causeId } from '../../core/again/cause.ts';
import { readChangedVerdict } from '../../core/again/changed-verdict.ts';
import { CavendishError } from '../../core/errors/error.ts';
import type { OutEvent } from '../../core/events/out-event.ts';
import { verdictEvents } from '../../core/events/verdict-events.ts';
import type { Current } from '../../core/register/current.ts';
import { causeChangedKey } from '../../core/register/index-keys.ts';
import { readAssessment } from '../judge-image/read-assessment.ts';
import { readDocument } from '../judge-image/read-document.ts';
import type { EventSink } from '../ports/event-sink.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import type { PlacedAssessment } from '../record-assessment/current-items.ts';

interface Publishing {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
  readonly events?: EventSink;
}

/** @throws CavendishError `unavailable` where the bus did not take all of them: they are told again */
export async function publishChanges(
  cause: Cause,
  changed: readonly Pick<Current, 'placement' | 'stage'>[],
  { register, evidence, events }: Publishing,
): Promise<void> {
  if (events === undefined) return;
  const told: OutEvent[] = [];
  for (const { placement, stage } of changed) {
    const item = await register.get(causeChangedKey(causeId(cause), placement, stage));
    if (item !== null) told.push(...(await eventsOf(item, evidence)));
  }
  if (told.length === 0) return;
  const [unaccepted] = await events.publish(told);
  if (unaccepted !== undefined) throw new CavendishError('unavailable', unaccepted.cause);
}

async function eventsOf(item: { readonly body: unknown }, evidence: EvidenceStore): Promise<readonly OutEvent[]> {
  const { assessment: id, told, owner } = readChangedVerdict(item);
  if (told.length === 0) return [];
  const assessment = await readDocument<PlacedAssessment>(evidence, id, 'assessment');
  const events: OutEvent[] = [];
  for (const { tag, previous: before, revision } of told) {
    const previous = before === null ? null : await readAssessment(evidence, before);
    events.push(...verdictEvents({ assessment, id, tag, previous, revision, fallbackOwner: owner }));
  }
  return events;
}
