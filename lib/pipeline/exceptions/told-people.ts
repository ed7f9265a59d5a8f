/** Who is told of a change of an exception, and why they are. */
import type { Appetite } from '../../core/appetite/appetite.ts';
import { mayApprove, personNamed, personOf } from '../../core/appetite/people.ts';
import type { Person } from '../../core/appetite/person.ts';
import type { ScopedAsset } from '../../core/exceptions/assets-in-scope.ts';
import type { Change } from '../../core/exceptions/change.ts';
import type { Who } from '../../core/exceptions/exception.ts';
import type { Recipient } from '../../core/reminders/recipients.ts';

export interface ToldPerson {
  readonly to: Recipient;
  /** To follow "since". */
  readonly since: string;
}

/**
 * A request goes to those who may decide on all of it, and where nobody may to those who run the programme; what
 * became of it, to who asked, who carries the risk and, once it ended, who granted it. Nobody is told what they did
 * themselves, and each is told once. A principal whom the appetite knows as nobody can't be written to.
 *
 * @param assets - that it may concern
 */
export function peopleToldOf(
  change: Change,
  assets: readonly ScopedAsset[],
  appetite: Appetite,
): readonly ToldPerson[] {
  const { did, by, exception } = change;
  const { requester, approver, terms } = exception;
  const doer = by === null ? null : personOf(appetite, by.principal);
  if (did === 'requested') return decidersOf(exception.terms.scope.stages, doer, assets, appetite);
  const named: readonly (readonly [Person | null, string])[] = [
    [terms.owner === null ? null : personNamed(appetite, terms.owner), 'you carry the risk'],
    [whoNamed(requester, appetite), 'you asked for it'],
    [did === 'ended' ? whoNamed(approver, appetite) : null, 'you granted it'],
  ];
  const told = new Map<string, ToldPerson>();
  for (const [person, since] of named) {
    if (person === null || person.name === doer?.name || told.has(person.name)) continue;
    told.set(person.name, toldOf(person, since));
  }
  return [...told.values()];
}

function decidersOf(
  stages: Change['exception']['terms']['scope']['stages'],
  asker: Person | null,
  assets: readonly ScopedAsset[],
  appetite: Appetite,
): readonly ToldPerson[] {
  const others = appetite.people.filter(({ name }) => name !== asker?.name);
  const deciders = others.filter((person) =>
    stages.every((stage) => assets.every((about) => mayApprove(appetite, person, { stage, ...about }))),
  );
  if (deciders.length > 0) return deciders.map((person) => toldOf(person, 'you may decide on it'));
  return others
    .filter(({ roles }) => roles.includes('operator'))
    .map((person) => toldOf(person, 'nobody else whom the appetite names may decide on all of it'));
}

function whoNamed(who: Who | null, appetite: Appetite): Person | null {
  return who === null ? null : personOf(appetite, who.principal);
}

function toldOf({ name, email }: Person, since: string): ToldPerson {
  return { to: { name, address: email }, since };
}
