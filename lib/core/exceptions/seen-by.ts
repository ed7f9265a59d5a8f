/** Which exceptions a caller gets to see. */
import type { Appetite } from '../appetite/appetite.ts';
import { isOwner, personNamed } from '../appetite/people.ts';
import type { Caller } from '../people/caller.ts';
import { seesEverything } from '../people/sees.ts';
import type { Exception } from './exception.ts';

/**
 * All of them for who sees everything; else what the caller asked for, what the person carries, and what names an asset
 * of theirs.
 */
export function exceptionsSeenBy(context: {
  readonly caller: Caller;
  readonly appetite: { readonly value: Pick<Appetite, 'assets' | 'people'> };
}): (exception: Pick<Exception, 'requester' | 'terms'>) => boolean {
  const { caller } = context;
  if (seesEverything(caller)) return () => true;
  const { assets, people } = context.appetite.value;
  const person = caller.person === null ? null : personNamed({ people }, caller.person);
  return ({ requester, terms }) => {
    if (requester.principal === caller.principal) return true;
    if (person === null) return false;
    const { images } = terms.scope;
    const asset = 'asset' in images ? assets.find(({ id }) => id === images.asset) : undefined;
    const isTheirs = asset !== undefined && isOwner(person, asset.owner);
    return isTheirs || requester.person === person.name || terms.owner === person.name;
  };
}
