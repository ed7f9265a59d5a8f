/** How much anybody is told, by the appetite that counts and by what subscribers asked for. */
import type { Appetite } from '../../core/appetite/appetite.ts';
import { noticePolicySchema } from '../../core/appetite/reminder-policy-schema.ts';
import type { Clock } from '../ports/clock.ts';
import { roundUpKeys, type Whom } from '../subscribers/round-up-readers.ts';
import { keptFor } from './kept-for.ts';
import type { Pacing } from './turn-or-hold.ts';

const { mostAnHour: USUAL } = noticePolicySchema.parse({});

/** Who asks for a round-up waits so many milliseconds at most until that counts: a batch asks once, not for each message. */
const KEPT = 5000;

/** Where the appetite can't be read, people have to hear of that: then the usual pace holds. */
export function pacingBy(
  appetite: () => Promise<{ readonly value: Pick<Appetite, 'notices'> }>,
  now: Clock,
  whom: Whom,
): Pacing {
  return {
    now,
    mostAnHour: async () => {
      const [read] = await Promise.allSettled([appetite()]);
      return read.status === 'fulfilled' ? read.value.value.notices.mostAnHour : USUAL;
    },
    roundUpsOnly: keptFor(KEPT, now, () => roundUpKeys(whom)),
  };
}
