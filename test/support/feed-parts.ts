/** A source of feeds that gives what it is told to, and what it gives. */
import type { CveRecord, OsvRecord } from '../../lib/core/advisories/records.ts';
import type { FeedPart, FeedSource, Scratch } from '../../lib/pipeline/ports/feed-source.ts';

/** A part may be an error: it is thrown in its turn. */
export function aSource(
  parts: readonly (FeedPart | Error)[],
  name = 'given',
): FeedSource & { readonly closed: () => boolean } {
  let closed = false;
  return {
    name,
    closed: () => closed,
    async *parts() {
      for (const part of parts) {
        if (part instanceof Error) throw part;
        yield await Promise.resolve(part);
      }
    },
    async openScratch() {
      return await Promise.resolve(memoryScratch(() => (closed = true)));
    },
  };
}

function memoryScratch(onClose: () => void): Scratch {
  const heaps = new Map<string, string[]>();
  return {
    async add(heap, line) {
      heaps.set(heap, [...(heaps.get(heap) ?? []), line]);
      await Promise.resolve();
    },
    async lines(heap) {
      return await Promise.resolve(heaps.get(heap) ?? []);
    },
    async close() {
      onClose();
      await Promise.resolve();
    },
  };
}

export const advisory = (record: OsvRecord): FeedPart => ({ kind: 'advisory', record });

export function cve(id: string, updated: string | null, given: Partial<CveRecord> = {}): FeedPart {
  const empty = { title: null, disputed: false, cwes: [], metrics: [], ssvc: null };
  return { kind: 'cve', record: { id, state: 'PUBLISHED', published: null, updated, ...empty, ...given } };
}

export function kev(date: string, ...ids: readonly string[]): FeedPart {
  const records = ids.map((id) => ({ id, dateAdded: '2026-01-01', dueDate: null, ransomware: false }));
  return { kind: 'kev', where: 'kev.json', catalogue: { date, records } };
}

export function epss(date: string | null, ...ids: readonly string[]): FeedPart[] {
  return [
    { kind: 'epss-header', where: 'epss.csv', header: { modelVersion: null, date } },
    { kind: 'epss', records: ids.map((id) => ({ id, score: 0.5, percentile: 0.9 })) },
  ];
}
