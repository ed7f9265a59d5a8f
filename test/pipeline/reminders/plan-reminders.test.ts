import { expect, it } from '@jest/globals';

import { openLocalStore } from '../../../lib/adapters/local/store/local-store.ts';
import { reminderHandlers } from '../../../lib/pipeline/reminders/plan-reminders.ts';
import { remindersEntry } from '../../../lib/pipeline/reminders/reminders-entry.ts';
import { aDated, aRemindingHome } from '../../support/reminding.ts';

const AT = '2027-05-31T09:00:00.000Z';

it('waits for nobody who tells the ladder: they look at it again when they let go', async () => {
  const home = aRemindingHome(openLocalStore(':memory:').register);
  const dated = aDated();
  await home.put(dated, '2027-01-01T00:00:00.000Z');
  const release = Promise.withResolvers<undefined>();
  home.faults.until = release.promise;
  const telling = home.look(dated, AT);
  await home.atIt();

  const { id, type, body } = remindersEntry('exception', dated.subject, 'somebody changed it');
  const handlers = reminderHandlers({ reminding: home.reminding, now: () => new Date(AT) });
  await handlers[type]?.run({ id, type, body, at: AT, attempt: 1, lapsed: 0 });
  expect(home.take()).toEqual([]);

  release.resolve(undefined);
  expect(await telling).toEqual({ outcome: 'told' });
  expect(home.take()).toHaveLength(2);
  expect([...home.timers.values()].map(({ at }) => at)).toEqual(['2027-06-16T09:00:00.000Z']);
});
