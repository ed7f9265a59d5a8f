import { describe, expect, it } from '@jest/globals';

import type { Person } from '../../../lib/core/appetite/person.ts';
import { recipientsOf } from '../../../lib/core/reminders/recipients.ts';
import { REMINDER_POLICY } from '../../support/appetites.ts';

function aPerson(name: string, given: Partial<Person> = {}): Person {
  return { name, principals: [], email: null, teams: [], roles: ['developer'], next: null, ...given };
}

const PEOPLE = [
  aPerson('Olive', { email: 'olive@example.org', next: 'Nora', teams: ['shop team'] }),
  aPerson('Amir', { principals: ['laptop:amir'], teams: ['shop team'] }),
  aPerson('Nora', { email: 'nora@example.org' }),
  aPerson('Boss'),
];

function names(to: readonly string[], overdue = false, escalateTo: string | null = null): readonly string[] {
  const appetite = { people: PEOPLE, reminders: { ...REMINDER_POLICY, escalateTo } };
  return recipientsOf({ to }, { overdue }, appetite).map(({ name, address }) => `${name} ${address ?? '-'}`);
}

describe('who hears of a rung', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['a person, with the address', ['Olive'], ['Olive olive@example.org']],
    ['a person by principal', ['laptop:amir'], ['Amir -']],
    ['a person by address', ['nora@example.org'], ['Nora nora@example.org']],
    ['everybody of a team', ['shop team'], ['Olive olive@example.org', 'Amir -']],
    ['each once', ['Olive', 'shop team', 'Amir'], ['Olive olive@example.org', 'Amir -']],
    ['an address that is nobody’s', ['shop@example.org'], ['shop@example.org shop@example.org']],
    ['a name that is nobody’s', ['platform team'], ['platform team -']],
    ['nobody', [], []],
  ])('is %s', (_, to, expected) => {
    expect(names(to)).toEqual(expected);
  });

  it('is who is next, too, of what is overdue', () => {
    expect(names(['Olive'], true)).toEqual(['Olive olive@example.org', 'Nora nora@example.org']);
    expect(names(['Amir'], true)).toEqual(['Amir -']);
  });

  it('is whom the appetite names, where nobody is next', () => {
    expect(names(['Olive', 'Amir'], true, 'Boss')).toEqual([
      'Olive olive@example.org',
      'Amir -',
      'Nora nora@example.org',
      'Boss -',
    ]);
    expect(names(['platform team'], true, 'Boss')).toEqual(['platform team -', 'Boss -']);
    expect(names(['Boss'], true, 'Boss')).toEqual(['Boss -']);
    expect(names(['Amir'], false, 'Boss')).toEqual(['Amir -']);
  });
});
