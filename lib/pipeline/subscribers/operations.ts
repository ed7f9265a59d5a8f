/** Subscribers, as they are made, taken away and asked for. */
import { z } from 'zod';

import { personNamed } from '../../core/appetite/people.ts';
import { CavendishError } from '../../core/errors/error.ts';
import { wishesFields } from '../../core/notices/registered-subscriber.ts';
import { subscriberName } from '../../core/notices/subscriber.ts';
import { seesEverything } from '../../core/people/sees.ts';
import { nameSchema } from '../operations/fields.ts';
import { operation, type OperationContext } from '../operations/operation.ts';
import { pageOf, pageSchema } from '../operations/page.ts';
import { type ListedSubscriber, listSubscribers } from './read-subscribers.ts';
import { subscribe, unsubscribe } from './subscribe.ts';

/** ASCII: what SNS takes, and no header is broken by. */
const address = z
  .email('not an e-mail address')
  .max(254)
  .transform((text) => text.toLowerCase());

export const subscribeOperation = operation({
  name: 'subscribe',
  changes: true,
  openOnLaptop: true,
  input: z.strictObject({ address, name: subscriberName.nullable(), ...wishesFields }),
  run: async ({ teams, ...given }, context): Promise<ListedSubscriber> => {
    const { register, topics, at, caller } = context;
    const owners = ownersFor(given.address, teams, context);
    const by = { principal: caller.principal, person: caller.person };
    const { name } = await subscribe(
      { ...given, teams: owners === null ? teams : null, owners, by, at },
      { register, topics },
    );
    return await listed(name, context);
  },
});

export const unsubscribeOperation = operation({
  name: 'unsubscribe',
  changes: true,
  openOnLaptop: true,
  /** A name, or an address. */
  input: z.strictObject({ who: nameSchema }),
  run: async ({ who }, context): Promise<{ readonly ended: readonly string[] }> => {
    const { register, topics, caller } = context;
    const own = ownAddress(context);
    const all = !caller.enforced || caller.roles.includes('operator');
    const ended = await unsubscribe(who, (row) => all || row.address === own, { register, topics });
    return { ended: ended.map(({ name }) => name) };
  },
});

export const subscribersOperation = operation({
  name: 'subscribers',
  changes: false,
  input: z.strictObject(pageSchema),
  run: async (page, context) => {
    const own = ownAddress(context);
    const rows = await listSubscribers(context);
    const seen = seesEverything(context.caller)
      ? rows
      : rows.filter((row) => row.address !== null && row.address === own);
    return pageOf(seen, ({ name }) => name, page);
  },
});

async function listed(name: string, context: OperationContext): Promise<ListedSubscriber> {
  const found = (await listSubscribers(context)).find((row) => row.name === name);
  if (found !== undefined) return found;
  throw new CavendishError('not-found', `${name} was taken away by somebody else just now`);
}

/**
 * Whom somebody may have told, and of what: an operator anybody, of anything; others themselves, of what they may see.
 *
 * @returns owners of what it is about; null: of any
 * @throws CavendishError `forbidden`
 */
function ownersFor(to: string, teams: readonly string[] | null, context: OperationContext): readonly string[] | null {
  const { caller, appetite } = context;
  if (!caller.enforced || caller.roles.includes('operator')) return null;
  const person = caller.person === null ? null : personNamed(appetite.value, caller.person);
  if (person === null || ownAddress(context) !== to) {
    throw new CavendishError('forbidden', `${to} is not your address: an operator subscribes others`, {
      next: 'Subscribe the address that the appetite has of you ("people", "email").',
    });
  }
  if (seesEverything(caller)) return null;
  const { name, teams: own } = person;
  const foreign = teams?.find((team) => !own.includes(team));
  if (foreign !== undefined) throw new CavendishError('forbidden', `${foreign} is not a team of yours`);
  return teams ?? [name, to, ...own];
}

function ownAddress({ caller, appetite }: OperationContext): string | null {
  if (caller.person === null) return null;
  return personNamed(appetite.value, caller.person)?.email?.toLowerCase() ?? null;
}
