/** Somebody knows: a ladder is silent for as long as its date stays the same, or until a day. */
import type { Appetite } from '../../core/appetite/appetite.ts';
import { REMINDER_KINDS, type ReminderKind } from '../../core/appetite/reminder-policy.ts';
import { contentId } from '../../core/canonical/canonical.ts';
import { CavendishError } from '../../core/errors/error.ts';
import { type Caller, callerName } from '../../core/people/caller.ts';
import { acknowledgementKey, reminderKey } from '../../core/register/reminder-keys.ts';
import { type Dated, type LadderName, ladderText } from '../../core/reminders/dated.ts';
import { recipientsOf } from '../../core/reminders/recipients.ts';
import { type Acknowledged, readReminderState, settledState } from '../../core/reminders/reminder-state.ts';
import { type End, hasEnded, shownEnd } from '../../core/time/end.ts';
import type { OperationContext } from '../operations/operation.ts';
import { untilNoConflict } from '../record-assessment/until-no-conflict.ts';
import { readDated } from './read-dated.ts';
import { aboutOf, remindersEntry } from './reminders-entry.ts';

export interface Acknowledging {
  /** `expiry:EX-…`, or the subject alone where one ladder alone is its. */
  readonly ladder: string;
  /** Null: for as long as the date stays the same. */
  readonly until: End | null;
  readonly why: string | null;
}

export interface AcknowledgedLadder {
  readonly dated: Dated;
  readonly acknowledged: Acknowledged;
}

type Context = Pick<OperationContext, 'caller' | 'at' | 'register' | 'appetite'>;

/**
 * @throws CavendishError `not-found` where nothing of that name comes due, `bad-input` where it names several, or the
 *   day is past, `forbidden` where it is not theirs
 */
export async function acknowledge(
  { ladder: text, until, why }: Acknowledging,
  { caller, at, register, appetite }: Context,
): Promise<AcknowledgedLadder> {
  if (until !== null && hasEnded(until, at)) {
    throw new CavendishError('bad-input', `${shownEnd(until)} is past already`);
  }
  const dated = await theOne(text, { register, appetite: appetite.value });
  allowAcknowledging(dated, caller, appetite.value);
  const { principal, person } = caller;
  const acknowledged: Acknowledged = { at, by: { principal, person }, until: until?.at ?? null, why };
  await untilNoConflict(async () => {
    const stored = await register.get(reminderKey(dated));
    const was = stored === null ? null : readReminderState(stored);
    const state = settledState(dated, was, appetite.value.reminders);
    await register.commit({
      puts: [
        {
          item: { ...reminderKey(dated), body: { ...state, acknowledged } },
          when: stored === null ? 'absent' : { version: stored.version },
        },
      ],
      history: [{ ...acknowledgementKey(dated, at), body: { ...acknowledged, due: dated.due } }],
      outbox: [remindersEntry(aboutOf(dated.kind), dated.subject, contentId(acknowledged))],
    });
  });
  return { dated, acknowledged };
}

async function theOne(text: string, reading: Parameters<typeof readDated>[1]): Promise<Dated> {
  const all = await Promise.all(namedBy(text).map((name) => readDated(name, reading)));
  const [first, ...others] = all.filter((dated) => dated !== null);
  if (first === undefined) {
    throw new CavendishError('not-found', `nothing called "${text}" comes due`, {
      next: 'See what does: cavendish reminders list',
    });
  }
  if (others.length === 0) return first;
  const names = [first, ...others].map(ladderText).join(', ');
  throw new CavendishError('bad-input', `"${text}" has several dates: ${names}`, { next: 'Name one of them.' });
}

function namedBy(text: string): readonly LadderName[] {
  const colon = text.indexOf(':');
  const kind = REMINDER_KINDS.find((one) => one === text.slice(0, colon).toLowerCase());
  if (kind !== undefined) return [named(kind, text.slice(colon + 1))];
  return kindsOf(text).map((one) => named(one, text));
}

/** By the looks of the subject. */
function kindsOf(subject: string): readonly ReminderKind[] {
  if (/^ex-/iu.test(subject)) return ['expiry', 'review'];
  if (/^risk-/iu.test(subject)) return ['risk'];
  return subject.startsWith('sha256:') ? ['approval'] : ['evidence'];
}

function named(kind: ReminderKind, subject: string): LadderName {
  return { kind, subject: kind === 'evidence' || kind === 'approval' ? subject : subject.toUpperCase() };
}

/** Whoever is told of it, or would be were it overdue; and whoever decides for others, or keeps the home running. */
function allowAcknowledging(dated: Dated, caller: Caller, appetite: Appetite): void {
  const { person, roles } = caller;
  if (roles.includes('approver') || roles.includes('operator')) return;
  const theirs = recipientsOf(dated, { overdue: true }, appetite).some(({ name }) => name === person);
  if (person !== null && theirs) return;
  throw new CavendishError(
    'forbidden',
    `${callerName(caller)} is not told of ${ladderText(dated)}, and can't acknowledge it`,
    {
      next: `It is for ${dated.to.join(' and ')}; an approver or an operator may, too.`,
    },
  );
}
