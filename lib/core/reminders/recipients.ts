/** Who hears of a rung: whose it is, and of what is overdue also who is next to them. */
import type { Appetite } from '../appetite/appetite.ts';
import { isOwner, personNamed, personOf } from '../appetite/people.ts';
import type { Person } from '../appetite/person.ts';
import type { Dated } from './dated.ts';
import type { Rung } from './ladder.ts';

/** Somebody who is written to. */
export interface Recipient {
  readonly name: string;
  /** Of e-mail; null where the appetite knows none. */
  readonly address: string | null;
}

/** Each person once, those whose it is first; a name that is nobody's is written to as it stands. */
export function recipientsOf(
  { to }: Pick<Dated, 'to'>,
  { overdue }: Pick<Rung, 'overdue'>,
  appetite: Pick<Appetite, 'people' | 'reminders'>,
): readonly Recipient[] {
  const found = to.map((name) => ({ name, people: peopleOf(name, appetite) }));
  const own = found.flatMap(({ name, people }) => (people.length === 0 ? [strangerOf(name)] : people.map(recipientOf)));
  const next = overdue ? found.flatMap(({ people }) => nextOf(people, appetite)) : [];
  return [...new Map([...own, ...next].map((one) => [one.name, one])).values()];
}

/** A person by name or principal, or all for whom a team or an address stands. */
function peopleOf(name: string, appetite: Pick<Appetite, 'people'>): readonly Person[] {
  const person = personNamed(appetite, name) ?? personOf(appetite, name);
  return person === null ? appetite.people.filter((one) => isOwner(one, name)) : [person];
}

function nextOf(people: readonly Person[], appetite: Pick<Appetite, 'people' | 'reminders'>): readonly Recipient[] {
  const { escalateTo } = appetite.reminders;
  const named = people.length === 0 ? [escalateTo] : people.map(({ next }) => next ?? escalateTo);
  return named.flatMap((name) => {
    const person = name === null ? null : personNamed(appetite, name);
    return person === null ? [] : [recipientOf(person)];
  });
}

function recipientOf({ name, email }: Person): Recipient {
  return { name, address: email };
}

function strangerOf(name: string): Recipient {
  return { name, address: /^[^\s@]+@[^\s@]+$/u.test(name) ? name : null };
}
