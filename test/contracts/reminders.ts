/** What holds of reminders on every register: each part opens one of its own for each case. */
import { describe } from '@jest/globals';

import { dueDates } from './reminders/due.ts';
import { ladders } from './reminders/ladders.ts';
import type { OpensRegister } from './reminders/opens-register.ts';
import { sweeps } from './reminders/sweeps.ts';

export function remindersContract(name: string, open: OpensRegister): void {
  for (const part of [ladders, dueDates, sweeps]) {
    describe(`reminders on ${name}`, () => {
      part(open);
    });
  }
}
