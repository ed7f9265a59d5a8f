/** Who hears of something beside whose it is, where mail goes to addresses as they are: a laptop. */
import type { ChangedVerdict } from '../../core/again/changed-verdict.ts';
import { type Addressed, addressedOfChange } from '../../core/notices/addressed.ts';
import type { Notice } from '../../core/notices/notice.ts';
import { wants } from '../../core/notices/routing.ts';
import type { Follower } from '../subscribers/read-subscribers.ts';

/** A notice for each follower who wants it, each address once; whom it is to has it already. */
export function copiesOf(notice: Notice, addressed: Addressed, followers: readonly Follower[]): readonly Notice[] {
  const wanting = followers.filter(({ interests }) => wants(interests, addressed));
  const addresses = new Map(wanting.map(({ address, name }) => [address, name]));
  addresses.delete(notice.to.toLowerCase());
  return [...addresses].map(([to, name]) => ({ ...notice, id: `${notice.id}-${name}`, to }));
}

/** The entries of a round by whom they are told: their owners, and whoever else wants them. */
export function entriesByReader(
  entries: readonly ChangedVerdict[],
  followers: readonly Follower[],
): ReadonlyMap<string, readonly ChangedVerdict[]> {
  const told = new Map<string, Set<ChangedVerdict>>();
  for (const entry of entries) {
    const addressed = addressedOfChange(entry);
    const wanting = followers.filter(({ interests }) => wants(interests, addressed));
    for (const to of [entry.owner, ...wanting.map(({ address }) => address)]) {
      told.set(to, (told.get(to) ?? new Set()).add(entry));
    }
  }
  return new Map([...told].map(([to, some]) => [to, [...some]]));
}
