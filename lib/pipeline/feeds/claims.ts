/**
 * What a person says that an import is complete for. Nobody else may say it of a hand-made import:
 * "no advisory" then means "not affected".
 */
import { ecosystemFamily } from '../../core/advisories/bucket.ts';
import type { Completeness } from '../../core/advisories/feed.ts';
import { CavendishError } from '../../core/errors/error.ts';
import { feedId } from './feed-names.ts';
import type { Gathering } from './gathering.ts';

/** Feed id → what it answers for, in order. */
export type Claims = ReadonlyMap<string, readonly Completeness[]>;

/**
 * @param complete - `ECOSYSTEM:RELEASE`, or `ECOSYSTEM` for every release that the records name
 * @throws CavendishError `bad-input` where no record of the import is of what it is claimed complete for
 */
export function claimsOf(complete: readonly string[], gatherings: readonly Gathering[]): Claims {
  const claimed = new Map<string, Set<string>>();
  for (const claim of complete) {
    const id = feedId('advisories', claim);
    const named = gatherings.find((gathering) => gathering.id === id)?.ecosystems ?? new Set();
    const family = ecosystemFamily(claim);
    const releases = [...named].filter((one) => (claim === family ? ecosystemFamily(one) === family : one === claim));
    if (releases.length === 0) throw unfounded(claim, gatherings);
    claimed.set(id, new Set([...(claimed.get(id) ?? []), ...releases]));
  }
  return new Map(
    [...claimed].map(([id, ecosystems]) => [
      id,
      [...ecosystems].sort().map((ecosystem) => ({ ecosystem, packages: 'all' as const })),
    ]),
  );
}

function unfounded(claim: string, gatherings: readonly Gathering[]): CavendishError {
  const named = gatherings.flatMap(({ ecosystems }) => [...ecosystems]).sort();
  return new CavendishError('bad-input', `no record of this import is about ${claim}: it can't be complete for it`, {
    next:
      named.length === 0
        ? 'Import the advisories of that ecosystem with it.'
        : `Its records are about ${named.slice(0, 12).join(', ')}${named.length > 12 ? ' and others' : ''}.`,
  });
}
