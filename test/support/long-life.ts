/**
 * Exceptions in five zones, and years of a laptop's ticker over them: what people do lies at the beginning, then time
 * passes. Whoever is killed goes on where the clock stood.
 */
import type { LocalStore } from '../../lib/adapters/local/store/local-store.ts';
import { parseAppetite } from '../../lib/core/appetite/parse-appetite.ts';
import { callerOf } from '../../lib/core/people/caller.ts';
import { endOfDay, parseEnd } from '../../lib/core/time/end.ts';
import { datesAhead } from '../../lib/pipeline/ahead/dates-ahead.ts';
import { notifiersPost } from '../../lib/pipeline/announce/notifiers-post.ts';
import { approveException } from '../../lib/pipeline/exceptions/approve-exception.ts';
import { endDue } from '../../lib/pipeline/exceptions/end-due.ts';
import { requestException } from '../../lib/pipeline/exceptions/request-exception.ts';
import type { EvidenceStore } from '../../lib/pipeline/ports/evidence-store.ts';
import type { Notifier } from '../../lib/pipeline/ports/notifier.ts';
import type { RegisterStore } from '../../lib/pipeline/ports/register-store.ts';
import { reminderHandlers } from '../../lib/pipeline/reminders/plan-reminders.ts';
import { readDated } from '../../lib/pipeline/reminders/read-dated.ts';
import type { Reminding } from '../../lib/pipeline/reminders/remind.ts';
import { sendDue } from '../../lib/pipeline/reminders/send-due.ts';
import { PLAN_REMINDERS } from '../../lib/pipeline/work/work-types.ts';
import { acting, aDraft, PEOPLE_APPETITE } from './exception-people.ts';

export const BEGIN = '2026-11-25T00:00:00.000Z';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** In this time no ladder has two rungs. */
const STEP = 12 * HOUR;
/** Longer than one who died keeps others from a ladder. */
const RESTART = HOUR / 10;

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'] as const;
const LADDER = '{ thenEveryDays: 90 }';
const APPETITE = parseAppetite(
  `${PEOPLE_APPETITE}notices: { mostAnHour: 1000 }\nreminders: { expiry: ${LADDER}, review: ${LADDER} }\n`,
  'a test',
);

/** A clock that outlives who looks at it. */
interface LastingClock {
  get(): Promise<string | null>;
  set(instant: string): Promise<void>;
}

interface LongLife {
  readonly store: LocalStore;
  readonly evidence: EvidenceStore;
  readonly inbox: Notifier;
  readonly clock: LastingClock;
}

/** Exceptions that end within so many days, every third with a review before. */
export async function accept(count: number, days: number, { store: { register }, evidence }: LongLife): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    const zone = ZONES[number % ZONES.length] ?? 'UTC';
    const end = dayIn(2 + ((number * 7919) % (days - 2)));
    const expiry = number % 4 === 0 ? parseEnd(`${end}T17:30:00Z`, zone) : endOfDay(end, zone);
    const review = number % 3 === 0 ? endOfDay(dayIn(1 + ((number * 104_729) % days)), zone) : null;
    const terms = aDraft({ expiry, review: review !== null && review.at < expiry.at ? review : null });
    const scope = { ...terms.scope, vulnerabilities: [`CVE-2026-${String(10_000 + number)}`] };
    const stores = { register, evidence };
    const { exception } = await requestException(
      { terms: { ...terms, scope }, renews: null },
      acting('ada', BEGIN, stores),
    );
    await approveException({ id: exception.id, why: null }, acting('amir', BEGIN, stores));
  }
}

/** The references of all the mails that come until an instant, each with its reader. */
export async function rehearsed(until: string, { store: { register } }: LongLife): Promise<readonly string[]> {
  const listing = { register, caller: callerOf(APPETITE, 'laptop:amir', false), at: BEGIN, appetite: APPETITE };
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const page = await datesAhead(until, { limit: 200, after }, listing, () => false);
    ids.push(...page.dates.flatMap((one) => (one.what === 'reminder' ? one.mails.map(({ id }) => id) : [])));
    after = page.next;
  } while (after !== null);
  return ids.sort();
}

/**
 * Lets time pass from where the clock stands, once whoever had the home before is dead.
 *
 * @param between - what stands between the ticker and its parts
 */
export async function live(
  until: string,
  { store: { register, work, releaseClaims }, evidence, inbox, clock }: LongLife,
  between: <T extends RegisterStore | Notifier>(part: T) => T = (part) => part,
): Promise<void> {
  releaseClaims();
  let now = new Date((await clock.get()) ?? BEGIN);
  const parts = { register: between(register), evidence };
  const reminding: Reminding = {
    ...{ register: parts.register, appetite: APPETITE, timers: null },
    dated: (ladder) => readDated(ladder, { register, appetite: APPETITE }),
    post: notifiersPost({
      ...parts,
      notifiers: [between(inbox)],
      now: () => now,
      mostAnHour: () => Promise.resolve(APPETITE.notices.mostAnHour),
      roundUpsOnly: () => Promise.resolve(new Set<string>()),
    }),
    onUnreachable: () => Promise.reject(new Error('an inbox reaches everybody')),
  };
  const handlers = reminderHandlers({ reminding, now: () => now });
  for (let isOver = false; !isOver; now = new Date(Math.min(now.getTime() + STEP, Date.parse(until)))) {
    isOver = now.toISOString() >= until;
    // Whoever is killed from here on finds it a little later.
    await clock.set(new Date(now.getTime() + RESTART).toISOString());
    await endDue(now, parts.register);
    for (;;) {
      const claimed = await work.claim(now, [PLAN_REMINDERS]);
      if (claimed === null) break;
      await handlers[PLAN_REMINDERS]?.run(claimed);
      await work.done(claimed);
    }
    const { failures } = await sendDue(now, reminding);
    if (failures.length > 0) throw failures[0];
  }
}

function dayIn(days: number): string {
  return new Date(Date.parse(BEGIN) + days * DAY).toISOString().slice(0, 10);
}
