/** The people of an appetite, in words. */
import { plainLine } from '../text/plain.ts';
import type { Appetite } from './appetite.ts';
import type { Person } from './person.ts';

export function describePeople({ people }: Pick<Appetite, 'people'>): readonly string[] {
  return ['People', ...(people.length === 0 ? ['  None is named: nobody approves anything.'] : people.flatMap(lines))];
}

function lines({ name, principals, email, teams, next, roles }: Person): readonly string[] {
  const facts = [
    roles.join(', '),
    ...(email === null ? [] : [email]),
    ...teams.map((team) => `of ${team}`),
    ...(next === null ? [] : [`next after them ${next}`]),
  ];
  const comes = principals.length === 0 ? 'comes as nobody: only named' : `comes as ${principals.join(', ')}`;
  return [`  ${plainLine(name)}: ${plainLine(facts.join('; '))}`, `    ${plainLine(comes)}`];
}
