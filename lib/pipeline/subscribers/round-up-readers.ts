/** Who asked for one message a day or a week in place of single ones. */
import type { Appetite } from '../../core/appetite/appetite.ts';
import { interestsOf, type Registered } from '../../core/notices/registered-subscriber.ts';
import type { RoundUpReader } from '../announce/send-round-ups.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import type { SubscriberTopics } from '../ports/subscriber-topics.ts';
import { readSubscriptions, standingOf } from './read-subscribers.ts';
import { readAllRegistered } from './registered.ts';

export interface Whom {
  readonly register: RegisterStore;
  /** Null where mail goes to addresses as they are: a laptop. */
  readonly subscriberTopics: SubscriberTopics | null;
}

/** The keys by which their pace is kept. */
export async function roundUpKeys(whom: Whom): Promise<ReadonlySet<string>> {
  return new Set((await byKey(whom)).keys());
}

export async function roundUpReaders(
  whom: Whom,
  appetite: Pick<Appetite, 'people'>,
): Promise<readonly RoundUpReader[]> {
  return [...(await byKey(whom))].map(([key, rows]) => {
    const [{ name, at, roundUp }] = rows;
    const to = whom.subscriberTopics === null ? { name: key, topicArn: null } : { name, topicArn: key };
    const interests = rows.map((row) => interestsOf(row, appetite));
    return { to: { key, ...to }, every: roundUp, since: at, interests };
  });
}

type Rounded = Registered & { readonly roundUp: NonNullable<Registered['roundUp']> };

/** A mailbox that asks for single notices, too, gets those: what is said of everything to somebody is not kept for a week. */
async function byKey(whom: Whom): Promise<ReadonlyMap<string, readonly [Rounded, ...Rounded[]]>> {
  const { register, subscriberTopics: topics } = whom;
  const [all, known] = await Promise.all([readAllRegistered(register), readSubscriptions(register)]);
  const live = all.filter(
    (row) => row.phase === 'made' && standingOf(row, known.get(row.name), topics !== null).state === 'confirmed',
  );
  const grouped = Map.groupBy(live, ({ name, address }) => topics?.arnOf(name) ?? address);
  return new Map(
    [...grouped].flatMap(([key, rows]) => {
      const rounded = rows.filter(isRounded);
      const [first, ...rest] = rounded;
      return first === undefined || rounded.length < rows.length ? [] : [[key, [first, ...rest]] as const];
    }),
  );
}

function isRounded(row: Registered): row is Rounded {
  return row.roundUp !== null;
}
