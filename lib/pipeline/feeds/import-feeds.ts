/**
 * Takes intelligence in: reads, stores, and then makes all of it the held version at once.
 *
 * Until the last step nothing of it is seen, and a failure at any step leaves what was held.
 */
import type { Completeness } from '../../core/advisories/feed.ts';
import { instantOf } from '../../core/advisories/reading.ts';
import { CavendishError } from '../../core/errors/error.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { FeedSource } from '../ports/feed-source.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { claimsOf } from './claims.ts';
import { readPointer } from './feed-items.ts';
import { type Bundle, feedId } from './feed-names.ts';
import { gatherParts } from './gather-parts.ts';
import type { Gathering } from './gathering.ts';
import { holdFeeds } from './hold-feeds.ts';
import { type ImportReport, reportOf } from './import-report.ts';
import { type PreparedFeed, prepareFeed } from './prepare-feed.ts';
import type { Remarks } from './remarks.ts';

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
  /** Prepared also where it is older than what is held: who asks for it judges that. */
  readonly evenOlder?: boolean;
  /** Nothing is prepared where it holds nothing, and that is no error. */
  readonly evenNothing?: boolean;
}

/** What is stored and not held yet. */
export interface PreparedImport {
  /** In the order of their id. */
  readonly prepared: readonly PreparedFeed[];
  readonly remarks: Remarks;
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
  const { prepared, remarks } = await prepareImport(given, ports);
  await holdFeeds(prepared, given.at.toISOString(), ports.register);
  return reportOf(prepared, remarks);
}

/** Reads and stores, and leaves what is held as it is. Throws as {@link importFeeds}, but for `conflict`. */
export async function prepareImport(given: FeedImport, ports: ImportPorts): Promise<PreparedImport> {
  const { sources, complete = [], date = null, bundle, evenOlder = false, evenNothing = false } = given;
  const scratch = await sources.openScratch();
  try {
    const nameFeed = bundle === undefined ? feedId : (kind: string) => `${bundle.prefix}-${kind}`;
    const { gatherings, remarks } = await gatherParts(sources, scratch, nameFeed);
    if (gatherings.length === 0 && !evenNothing) throw nothingIn(sources.name);
    const claims = claimsOf(complete, gatherings);

    const prepared: PreparedFeed[] = [];
    for (const gathering of gatherings) {
      const about = {
        gathering,
        pointer: await readPointer(ports.register, gathering.id),
        claims: bundle === undefined ? (claims.get(gathering.id) ?? null) : claimsOfBundle(bundle, gathering),
        date: date === null ? null : dateGiven(date),
        source: bundle?.source ?? sources.name,
        evenOlder,
        // A bundle is never merged.
        indexed: bundle === undefined,
      };
      prepared.push(await prepareFeed(about, ports.evidence));
    }
    return { prepared, remarks };
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

function nothingIn(name: string): CavendishError {
  return new CavendishError('bad-input', `${name} holds no advisory, CVE record, KEV catalogue or EPSS score`, {
    next: 'Import OSV records, CVE records (JSON 5), the KEV catalogue (JSON) or EPSS scores (CSV).',
  });
}
