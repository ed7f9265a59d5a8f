/**
 * What was fetched, as it is imported: of an OSV archive only what it says of its own ecosystem family, since it is
 * complete for that alone; and where it can't be read, an error that says so.
 */
import { ecosystemFamily } from '../../core/advisories/bucket.ts';
import type { FeedPart, FeedSource } from '../ports/feed-source.ts';
import { unbelievable } from './unbelievable.ts';

interface Reading {
  /** Null: all of it counts. */
  readonly family: string | null;
  readonly signal: AbortSignal | undefined;
  /** Told now and then how many records were read. */
  readonly onRead: (records: number) => void;
}

const TOLD_EVERY = 10_000;

export function believedSource(source: FeedSource, { family, signal, onRead }: Reading): FeedSource {
  return {
    ...source,
    async *parts() {
      let records = 0;
      try {
        for await (const part of source.parts()) {
          signal?.throwIfAborted();
          const own = ofFamily(part, family);
          if (own !== null) yield own;
          const before = records;
          records += part.kind === 'epss' ? part.records.length : 1;
          if (Math.floor(before / TOLD_EVERY) < Math.floor(records / TOLD_EVERY)) onRead(records);
        }
      } catch (error) {
        throw unbelievable(error);
      }
    },
  };
}

/** Null for a record that is about other families only. */
function ofFamily(part: FeedPart, family: string | null): FeedPart | null {
  if (part.kind !== 'advisory' || family === null) return part;
  const { record } = part;
  const affected = record.affected.filter(({ ecosystem }) => ecosystemFamily(ecosystem) === family);
  if (affected.length === record.affected.length) return part;
  return affected.length === 0 ? null : { kind: 'advisory', record: { ...record, affected } };
}
