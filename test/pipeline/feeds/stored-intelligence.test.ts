import { describe, expect, it } from '@jest/globals';

import { digestOf } from '../../../lib/core/canonical/canonical.ts';
import type { Digest } from '../../../lib/core/image/digest.ts';
import { importFeeds } from '../../../lib/pipeline/feeds/import-feeds.ts';
import { storedIntelligence } from '../../../lib/pipeline/feeds/stored-intelligence.ts';
import { aSource, cve, kev } from '../../support/feed-parts.ts';
import { memoryEvidence } from '../../support/memory-evidence.ts';
import { memoryStore } from '../../support/memory-store.ts';

const DAY = '2026-08-01T00:00:00.000Z';

async function aHome() {
  const { register } = memoryStore();
  const evidence = memoryEvidence();
  const sources = aSource([kev(DAY, 'CVE-2026-0001'), cve('CVE-2026-0001', DAY)]);
  await importFeeds({ sources, at: new Date(DAY) }, { register, evidence });
  const intelligence = storedIntelligence(register, evidence);
  return { register, evidence, intelligence, feeds: await intelligence.feeds() };
}

describe('storedIntelligence', () => {
  it('holds nothing where nothing was imported', async () => {
    expect(await storedIntelligence(memoryStore().register, memoryEvidence()).feeds()).toEqual([]);
  });

  it('gives the feeds in the order of their id, each by the hash of its manifest', async () => {
    const { feeds, evidence } = await aHome();
    expect(feeds.map(({ feed }) => feed.id)).toEqual(['cve', 'kev']);
    for (const { hash, feed } of feeds) {
      expect(JSON.parse(new TextDecoder().decode(evidence.held.get(hash)))).toEqual(feed);
    }
  });

  it('reads feeds page by page', async () => {
    const { register, evidence, feeds } = await aHome();
    const paged = {
      ...register,
      query: (query: Parameters<typeof register.query>[0]) => register.query({ ...query, limit: 1 }),
    };
    expect(await storedIntelligence(paged, evidence).feeds()).toEqual(feeds);
  });

  it('gives a bucket with its hash, and null for what the feed does not hold', async () => {
    const { intelligence, evidence, feeds } = await aHome();
    const held = feeds.find(({ feed }) => feed.id === 'cve')!;
    const bucket = await intelligence.bucket(held, 'CVE-2026-00xx');

    expect(bucket?.records).toMatchObject([{ id: 'CVE-2026-0001' }]);
    expect(bucket?.hash).toBe(digestOf(evidence.held.get(bucket!.hash)!));
    for (const key of ['CVE-2026-01xx', 'kev', '__proto__', 'constructor']) {
      expect(await intelligence.bucket(held, key)).toBeNull();
    }
  });

  it('takes no name of an object for a bucket, even in the shard where it would lie', async () => {
    const { intelligence, feeds } = await aHome();
    const held = feeds[0]!;
    const [shard] = Object.values(held.feed.shards);
    const everywhere = Object.fromEntries(
      Array.from({ length: 256 }, (_, n) => [n.toString(16).padStart(2, '0'), shard as Digest]),
    );

    for (const key of ['constructor', '__proto__', 'toString']) {
      expect(await intelligence.bucket({ ...held, feed: { ...held.feed, shards: everywhere } }, key)).toBeNull();
    }
  });

  it.each([
    ['manifest', 'feed cve'],
    ['shard', 'a shard of feed cve'],
    ['bucket', 'bucket CVE-2026-00xx of feed cve'],
  ])('fails by name where a %s is missing, and looks again the next time', async (what, name) => {
    const { register, evidence, intelligence: first, feeds } = await aHome();
    const held = feeds[0]!;
    const bucket = await first.bucket(held, 'CVE-2026-00xx');
    const digest = { manifest: held.hash, shard: Object.values(held.feed.shards)[0]!, bucket: bucket!.hash }[what]!;
    const bytes = evidence.held.get(digest)!;
    evidence.held.delete(digest);

    const intelligence = storedIntelligence(register, evidence);
    const read = async () => {
      const [again] = await intelligence.feeds();
      return await intelligence.bucket(again!, 'CVE-2026-00xx');
    };
    await expect(read()).rejects.toMatchObject({
      code: 'not-found',
      message: `${name} ${digest} is missing from the evidence store`,
    });
    evidence.held.set(digest, bytes);
    expect(await read()).toEqual(bucket);
  });
});
