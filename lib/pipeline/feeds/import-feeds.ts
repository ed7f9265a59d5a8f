/**
 * Takes intelligence in: reads, stores, and then makes all of it the held version at once.
 *
 * Until the last step nothing of it is seen, and a failure at any step leaves what was held.
 */
import type { Completeness } from '../../core/advisories/feed.ts';
import { instantOf } from '../../core/advisories/reading.ts';
import { CavendishError, isCavendishError } from '../../core/errors/error.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { FeedSource } from '../ports/feed-source.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { claimsOf } from './claims.ts';
import { historyOf, pointTo, readPointer } from './feed-items.ts';
import { type Bundle, feedId } from './feed-names.ts';
import { gatherParts } from './gather-parts.ts';
import type { Gathering } from './gathering.ts';
import { type ImportReport, reportOf } from './import-report.ts';
import { type PreparedFeed, prepareFeed } from './prepare-feed.ts';

export interface FeedImport {
  readonly sources: FeedSource;
  /** What a person says it is complete for: `ECOSYSTEM[:RELEASE]`. */
  readonly complete?: readonly string[];
  /** The date that counts for all of it (ISO 8601); null or left out: what the feeds declare. */
  readonly date?: string | null;
  /** The instant of the import, for the history. */
  readonly at: Date;
  /** Feeds that stand beside what people import; left out: the feeds of people. */
  readonly bundle?: Bundle;
}

export interface ImportPorts {
  readonly register: RegisterStore;
  readonly evidence: EvidenceStore;
}

/**
 * @throws CavendishError `bad-input` where something is malformed, unrecognised, older than what is
 *   held, or claimed complete without a record; `conflict` where another import was faster; and what
 *   the source and the stores throw
 */
export async function importFeeds(given: FeedImport, ports: ImportPorts): Promise<ImportReport> {
  const { sources, complete = [], date = null, at, bundle } = given;
  const scratch = await sources.openScratch();
  try {
    const nameFeed = bundle === undefined ? feedId : (kind: string) => `${bundle.prefix}-${kind}`;
    const { gatherings, remarks } = await gatherParts(sources, scratch, nameFeed);
    if (gatherings.length === 0) throw nothingIn(sources.name);
    const claims = claimsOf(complete, gatherings);

    const prepared: PreparedFeed[] = [];
    for (const gathering of gatherings) {
      const about = {
        gathering,
        pointer: await readPointer(ports.register, gathering.id),
        claims: bundle === undefined ? (claims.get(gathering.id) ?? null) : claimsOfBundle(bundle, gathering),
        date: date === null ? null : dateGiven(date),
        source: bundle?.source ?? sources.name,
      };
      prepared.push(await prepareFeed(about, ports.evidence));
    }
    await hold(prepared, at.toISOString(), ports.register);
    return reportOf(prepared, remarks);
  } finally {
    await scratch.close();
  }
}

function dateGiven(text: string): string {
  const date = instantOf(text);
  if (date === null) throw new CavendishError('bad-input', `"${text}" is not a date and time`);
  return date;
}

/** A bundle is whole: it claims, even if nothing. */
function claimsOfBundle({ completeFor }: Bundle, { kind }: Gathering): readonly Completeness[] {
  return kind === 'advisories' ? completeFor : [];
}

/** All at once: what was read is still what is held, or nothing changes. */
async function hold(prepared: readonly PreparedFeed[], at: string, register: RegisterStore): Promise<void> {
  const changed = prepared.filter(({ outcome }) => outcome !== 'unchanged');
  if (changed.length === 0) return;
  try {
    await register.commit({
      puts: changed.map((one) => pointTo(one, one.pointer, at)),
      history: changed.map((one) => historyOf(one, one.pointer, at)),
    });
  } catch (error) {
    if (!isCavendishError(error, 'conflict')) throw error;
    throw new CavendishError('conflict', 'another import changed the feeds while this one was read', {
      next: 'Run it again: nothing of it was taken in.',
      cause: error,
    });
  }
}

function nothingIn(name: string): CavendishError {
  return new CavendishError('bad-input', `${name} holds no advisory, CVE record, KEV catalogue or EPSS score`, {
    next: 'Import OSV records, CVE records (JSON 5), the KEV catalogue (JSON) or EPSS scores (CSV).',
  });
}
