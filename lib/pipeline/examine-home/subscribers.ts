/** Can those be told whom somebody subscribed by a command? Their topics are none of the stack's. */
import type { Registered } from '../../core/notices/registered-subscriber.ts';
import type { Subscribed } from '../../core/notices/subscriptions.ts';
import { shellWord } from '../../core/text/shell.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readSubscriptions, standingOf } from '../subscribers/read-subscribers.ts';
import { readAllRegistered } from '../subscribers/registered.ts';
import { type Check, check, ill, type Look, well } from './check.ts';

/** As the sweep saw each last, a quarter of an hour ago at most. */
export async function examineSubscribers(register: RegisterStore): Promise<readonly Check[]> {
  let made: readonly (readonly [Registered, Subscribed | undefined])[] = [];
  const read = await check('subscribers-made', async () => {
    const [rows, known] = await Promise.all([readAllRegistered(register), readSubscriptions(register)]);
    made = rows.filter(({ phase }) => phase !== 'gone').map((row) => [row, known.get(row.name)] as const);
    return well('read');
  });
  if (!read.well) return [read];
  return made.map(([row, known]) => ({ id: `subscriber-${row.name}`, ...lookAtSubscriber(row, known) }));
}

function lookAtSubscriber(row: Registered, known: Subscribed | undefined): Look {
  const { name, address, phase } = row;
  if (phase === 'unwanted') return well(`${address} is being taken away: the sweep finishes it`);
  const { state, since } = standingOf(row, known, true);
  const again = `cavendish subscribe ${shellWord(address)} --name ${name}`;
  switch (state) {
    case 'confirmed':
      return well(`${address} is confirmed`);
    case 'pending':
      return ill(
        `${address} has not confirmed since ${since}, and gets nothing until then`,
        `Have them follow the link in the mail that SNS sent (look among the spam), or get another: ${again}`,
      );
    case 'lost':
      return ill(
        `${address} is subscribed no longer, since ${since}`,
        `Subscribe it again: ${again}\nor take it away: cavendish unsubscribe ${name}`,
      );
  }
}
