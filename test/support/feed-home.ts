/** A home that holds feeds and nothing else, and what a test of imports asks of it. */
import type { Feed } from '../../lib/core/advisories/feed.ts';
import type { OsvRecord } from '../../lib/core/advisories/records.ts';
import { type FeedImport, importFeeds } from '../../lib/pipeline/feeds/import-feeds.ts';
import type { ImportReport } from '../../lib/pipeline/feeds/import-report.ts';
import { storedIntelligence } from '../../lib/pipeline/feeds/stored-intelligence.ts';
import type { FeedPart } from '../../lib/pipeline/ports/feed-source.ts';
import type { Versions } from '../../lib/pipeline/ports/intelligence.ts';
import type { Body } from '../../lib/pipeline/ports/register-store.ts';
import { affecting, anAdvisory } from './advisory-builders.ts';
import { aSource } from './feed-parts.ts';
import { type MemoryEvidence, memoryEvidence } from './memory-evidence.ts';
import { type MemoryStore, memoryStore } from './memory-store.ts';

export const AT = new Date('2026-11-23T00:00:00Z');
export const DAY_1 = '2026-08-01T00:00:00.000Z';
export const DAY_2 = '2026-08-02T00:00:00.000Z';
export const DAY_3 = '2026-08-03T00:00:00.000Z';

export interface FeedHome {
  readonly store: MemoryStore;
  readonly evidence: MemoryEvidence;
  readonly intelligence: Versions;
  /** Imports; fails where the import leaves its scratch open. */
  take(parts: readonly (FeedPart | Error)[], given?: Partial<Omit<FeedImport, 'sources'>>): Promise<ImportReport>;
  feeds(): Promise<readonly Feed[]>;
  feed(id: string): Promise<Feed | undefined>;
  /** The records of a bucket; null where the feed holds none by that key. */
  bucket(id: string, key: string): Promise<readonly unknown[] | null>;
  history(id: string): Promise<readonly Body[]>;
}

export function aFeedHome(): FeedHome {
  const store = memoryStore();
  const evidence = memoryEvidence();
  const intelligence = storedIntelligence(store.register, evidence);
  const feeds = async () => (await intelligence.feeds()).map(({ feed }) => feed);
  return {
    ...{ store, evidence, intelligence, feeds },

    async take(parts, given = {}) {
      const sources = aSource(parts);
      const importing = importFeeds({ at: AT, ...given, sources }, { register: store.register, evidence });
      await Promise.allSettled([importing]);
      if (!sources.closed()) throw new Error('the scratch was left open');
      return await importing;
    },

    async feed(id) {
      return (await feeds()).find((one) => one.id === id);
    },

    async bucket(id, key) {
      const held = (await intelligence.feeds()).find(({ feed }) => feed.id === id);
      if (held === undefined) throw new Error(`${id} is not held`);
      return (await intelligence.bucket(held, key))?.records ?? null;
    },

    async history(id) {
      return (await store.register.query({ pk: `FEED#${id}` })).items.map(({ body }) => body);
    },
  };
}

/** An advisory about all versions of these packages of Debian 12. */
export function about(id: string, modified: string, ...names: readonly string[]): OsvRecord {
  return anAdvisory(id, { modified, affected: names.map((name) => affecting([{ introduced: '0' }], { name })) });
}

/** An advisory about all versions of perl in an ecosystem. */
export function of(id: string, modified: string, ecosystem: string): OsvRecord {
  return anAdvisory(id, { modified, affected: [affecting([{ introduced: '0' }], { ecosystem })] });
}
