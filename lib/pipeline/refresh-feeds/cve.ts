/**
 * CVE records: the whole of a midnight, then what changed since.
 *
 * Each hour has a release with the whole of the midnight before it and with all changes since then; the last
 * of a day is called the end of the day.
 */
import { isCavendishError } from '../../core/errors/error.ts';
import type { Fetched } from '../ports/feed-downloads.ts';
import type { FetchContext, Haul, Target } from './target.ts';

const MOST_BYTES = 8 * 1024 ** 3;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Hours in which a release may be late. */
const LATE = 26;
/** Days whose changes are fetched; the whole is fetched where more are missing. */
const FEW_DAYS = 7;
/** What the changes of a day left out, a whole brings. */
const WHOLE_EVERY = 7 * DAY;

interface Release {
  /** Up to when its changes go. */
  readonly until: number;
  /** `2026-11-24` */
  readonly day: string;
  readonly base: string;
  readonly changes: string;
}

export const cveTarget: Target = {
  feed: 'cve',
  family: null,
  async fetch(context) {
    const { known } = context;
    const since = typeof known?.asOf === 'string' ? Date.parse(known.asOf) : null;
    const newest = await newestChanges(context, since);
    if (newest === null) return null;
    const { release, file } = newest;
    const due = typeof known?.wholeAt !== 'string' || context.at.getTime() - Date.parse(known.wholeAt) >= WHOLE_EVERY;
    const missing = since === null || due ? null : await missingDays(since, release, context);
    const files = missing ?? [await wholeOf(release, context)];
    const until = new Date(release.until).toISOString();
    return {
      // What is newer comes last; the newest version of a record counts in any order.
      files: [...files, file],
      source: file.url,
      changesAlone: missing !== null,
      complete: [],
      date: until,
      remember: {
        ...{ url: file.url, etag: null, lastModified: null, asOf: until },
        wholeAt: missing === null ? context.at.toISOString() : (known?.wholeAt ?? null),
      },
    } satisfies Haul;
  },
};

/** Null where nothing is newer than what is held. */
async function newestChanges(context: FetchContext, since: number | null) {
  const { known } = context;
  const hour = Math.floor(context.at.getTime() / HOUR) * HOUR;
  for (let late = 0; ; late += 1) {
    const until = hour - late * HOUR;
    if (since !== null && until <= since) return null;
    const release = releaseOf(until, context);
    // It waits for a word.
    if (typeof known?.setAside === 'string' && known.url === release.changes) return null;
    try {
      return { release, file: await fetch(release.changes, context) };
    } catch (error) {
      if (!isCavendishError(error, 'not-found') || late === LATE) throw error;
    }
  }
}

/** What changed on the days before the release's; null where they are many, or one is not there. */
async function missingDays(since: number, { day }: Release, context: FetchContext): Promise<readonly Fetched[] | null> {
  const files: Fetched[] = [];
  const first = Math.floor(since / DAY) * DAY;
  for (let at = first; at < Date.parse(day); at += DAY) {
    if (files.length === FEW_DAYS) return null;
    try {
      files.push(await fetch(releaseOf(at + DAY, context).changes, context));
    } catch (error) {
      if (!isCavendishError(error, 'not-found')) throw error;
      return null;
    }
  }
  return files;
}

async function wholeOf({ base, day }: Release, context: FetchContext): Promise<Fetched> {
  return await fetch(`${base}/${day}_all_CVEs_at_midnight.zip.zip`, context);
}

/** Midnight is the end of the day before. */
function releaseOf(until: number, { addresses }: FetchContext): Release {
  const midnight = until % DAY === 0;
  const day = new Date(midnight ? until - DAY : until).toISOString().slice(0, 10);
  const hour = `${new Date(until).toISOString().slice(11, 13)}00Z`;
  const base = `${addresses.cve}/cve_${day}_${midnight ? 'at_end_of_day' : hour}`;
  return { until, day, base, changes: `${base}/${day}_delta_CVEs_at_${midnight ? 'end_of_day' : hour}.zip` };
}

async function fetch(url: string, { downloads, fetching }: FetchContext): Promise<Fetched> {
  const file = await downloads.fetch({ url, held: null, maxBytes: MOST_BYTES }, fetching);
  if (file === null) throw new TypeError('nothing was said to be held');
  return file;
}
