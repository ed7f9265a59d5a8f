/** A merge reads what it concerns alone, and comes to what one import of everything comes to. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { importFeeds } from '../../../lib/pipeline/feeds/import-feeds.ts';
import type { FeedPart } from '../../../lib/pipeline/ports/feed-source.ts';
import { about, aFeedHome, AT, type FeedHome } from '../../support/feed-home.ts';
import { advisory, aSource, cve } from '../../support/feed-parts.ts';

const day = (of: number): string => `2026-08-0${of}T00:00:00.000Z`;
const packages = fc.uniqueArray(fc.constantFrom('perl', 'bash', 'zlib', 'curl', 'glibc'), { minLength: 1 });
const anyAdvisory = fc
  .tuple(fc.constantFrom('A', 'B', 'C', 'D', 'E'), fc.integer({ min: 1, max: 5 }), packages)
  .map(([id, modified, names]) => advisory(about(id, day(modified), ...names)));
const anyCve = fc
  .tuple(
    fc.constantFrom('CVE-2026-0001', 'CVE-2026-0002', 'CVE-2026-0101', 'CVE-2026-9999'),
    fc.integer({ min: 1, max: 5 }),
  )
  .map(([id, updated]) => cve(id, day(updated)));

const imports = (part: fc.Arbitrary<FeedPart>) =>
  fc.array(fc.array(part, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });

async function afterAll(groups: readonly (readonly FeedPart[])[]) {
  const home = aFeedHome();
  for (const parts of groups) await home.take(parts);
  const [feed] = await home.feeds();
  return { shards: feed?.shards, index: feed?.index, count: feed?.count };
}

describe('merges, one after the other', () => {
  it.each([
    ['advisories', imports(anyAdvisory)],
    ['CVE records', imports(anyCve)],
  ])('come to what one import of all comes to: %s', async (_, groups) => {
    await fc.assert(
      fc.asyncProperty(groups, async (parts) => {
        expect(await afterAll(parts)).toEqual(await afterAll([parts.flat()]));
      }),
      { numRuns: 150 },
    );
  });

  it('read and write what changed alone', async () => {
    const home = aFeedHome();
    await home.take(Array.from({ length: 400 }, (_, at) => advisory(about(`A-${at}`, day(1), `package-${at}`))));
    const { reads, writes } = await counted(home, [advisory(about('A-7', day(2), 'package-8'))]);

    // Read: the manifest, a shard of the index, of each bucket its shard and itself. Written: the same but for the bucket that is empty now.
    expect(reads).toBeLessThanOrEqual(6);
    expect(writes).toBeLessThanOrEqual(5);
    expect(await home.bucket('osv-debian', 'Debian/package-7')).toBeNull();
    expect(await home.bucket('osv-debian', 'Debian/package-8')).toMatchObject([{ id: 'A-7' }, { id: 'A-8' }]);
  });
});

async function counted({ store, evidence }: FeedHome, parts: readonly FeedPart[]) {
  const count = { reads: 0, writes: 0 };
  const watched = {
    get: (digest: Parameters<typeof evidence.get>[0]) => (count.reads++, evidence.get(digest)),
    put: (bytes: Uint8Array) => (count.writes++, evidence.put(bytes)),
  };
  await importFeeds({ sources: aSource(parts), at: AT }, { register: store.register, evidence: watched });
  return count;
}
