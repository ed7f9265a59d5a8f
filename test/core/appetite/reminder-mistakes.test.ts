import { describe, expect, it } from '@jest/globals';

import { parseAppetite } from '../../../lib/core/appetite/parse-appetite.ts';
import { anAppetiteFile } from '../../support/appetites.ts';

function mistakesIn(...lines: readonly string[]): string {
  try {
    parseAppetite(anAppetiteFile({}).concat(lines.join('\n')), 'a.yaml');
    return '';
  } catch (error) {
    return Error.isError(error) ? error.message : '';
  }
}

const PEOPLE = ['people:', '  - { name: Ada }', '  - { name: Charles, next: Ada }'];

describe('whom an appetite has reminded next', () => {
  it('is somebody of it', () => {
    expect(mistakesIn(...PEOPLE, 'reminders: { escalateTo: Charles }')).toBe('');
  });

  it.each([
    ['nobody', ['people: [{ name: Ada, next: Adda }]'], 'there is nobody called "Adda" in people: did you mean "Ada"?'],
    ['themselves', ['people: [{ name: Ada, next: Ada }]'], "Ada can't be next after themselves: name somebody else"],
    [
      'nobody, for all',
      [...PEOPLE, 'reminders: { escalateTo: Charls }'],
      'there is nobody called "Charls" in people: did you mean "Charles"?',
    ],
  ])('can not be %s', (_who, lines, message) => {
    expect(mistakesIn(...lines)).toContain(message);
  });

  it.each([
    ["reminders: { at: '9:00' }", 'reminders.at is "9:00": it is no time of day, such as "09:00"'],
    ["reminders: { at: '24:00' }", 'it is no time of day'],
    ['reminders: { expiry: { daysBefore: [0] } }', 'reminders.expiry.daysBefore.0 is 0: it is 1 at least'],
    ['reminders: { expiry: { thenEveryDays: 0 } }', 'reminders.expiry.thenEveryDays is 0: it is 1 at least'],
    ['reminders: { expriy: {} }', 'unknown key "expriy" in reminders: did you mean "expiry"?'],
    ['notices: { mostAnHour: 0 }', 'notices.mostAnHour is 0: it is 1 at least'],
  ])('is told of what is wrong in %s', (line, message) => {
    expect(mistakesIn(line)).toContain(message);
  });
});
