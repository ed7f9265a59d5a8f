/**
 * OSV: the archive of an ecosystem family, or the records that changed since, where they are few.
 *
 * `modified_id.csv` lists every record with the instant of its last change, the newest first. What was taken
 * off the list can't be seen in it: once a week the whole archive is fetched all the same.
 */
import { instantOf } from '../../core/advisories/reading.ts';
import { CavendishError, isCavendishError } from '../../core/errors/error.ts';
import { plainLine } from '../../core/text/plain.ts';
import { feedId } from '../feeds/feed-names.ts';
import type { Fetched } from '../ports/feed-downloads.ts';
import type { FetchContext, Haul, Target } from './target.ts';
import { unbelievable } from './unbelievable.ts';

const ARCHIVE_BYTES = 8 * 1024 ** 3;
const LIST_BYTES = 512 * 1024 ** 2;
const RECORD_BYTES = 64 * 1024 ** 2;
/** Records that are fetched one by one; more are fetched as the archive. */
const FEW = 250;
const TOGETHER = 4;
const WHOLE_EVERY = 7 * 86_400_000;

interface Changes {
  /** Identifiers, those that changed last first; null where they are many. */
  readonly ids: readonly string[] | null;
  /** When the newest record of all changed. */
  readonly newest: string;
}

export function osvTarget(family: string): Target {
  return {
    feed: feedId('advisories', family),
    family,
    async fetch(context) {
      const base = `${context.addresses.osv}/${encodeURIComponent(family)}`;
      const list = await listOf(`${base}/modified_id.csv`, context);
      if (list === 'unchanged') return null;
      return list === 'none' ? await archive(base, family, context, null) : await byList(base, family, context, list);
    },
  };
}

/** A mirror may have the archives alone. */
async function listOf(url: string, context: FetchContext): Promise<Fetched | 'unchanged' | 'none'> {
  const { downloads, fetching, known, at } = context;
  // What waits for a word is not fetched again; what is held is, once a week, as a whole.
  const held = known?.url === url && (known.setAside !== null || !isDue(known.wholeAt, at)) ? known : null;
  try {
    return (await downloads.fetch({ url, held, maxBytes: LIST_BYTES }, fetching)) ?? 'unchanged';
  } catch (error) {
    if (!isCavendishError(error, 'not-found')) throw error;
    return 'none';
  }
}

async function byList(base: string, family: string, context: FetchContext, list: Fetched): Promise<Haul | null> {
  const { known, at } = context;
  const since = known === null || isDue(known.wholeAt, at) ? null : known.asOf;
  const { ids, newest } = await changesIn(list, context, since);
  const files = ids === null ? null : await records(base, ids, context);
  if (files === null) return await archive(base, family, context, list);
  const { url, etag, lastModified } = list;
  return {
    changesAlone: true,
    files,
    lists: [list],
    source: url,
    complete: [],
    date: newest,
    remember: { url, etag, lastModified, asOf: newest, wholeAt: known?.wholeAt ?? null },
  };
}

/** @throws Unbelievable where it is no such list; it is not kept */
async function changesIn(list: Fetched, { downloads }: FetchContext, since: string | null): Promise<Changes> {
  try {
    return await readChanges(downloads.lines(list), since);
  } catch (error) {
    await downloads.discard([list]);
    throw unbelievable(error, list.url);
  }
}

async function readChanges(lines: AsyncIterable<string>, since: string | null): Promise<Changes> {
  const ids: string[] = [];
  let newest = '';
  for await (const line of lines) {
    const [, modified = '', id = ''] = /^([^,]+),(\S+)$/u.exec(line) ?? [];
    const instant = instantOf(modified);
    if (instant === null || id === '') {
      throw new CavendishError('bad-input', `it is no list of changes: "${plainLine(line.slice(0, 80))}"`);
    }
    if (newest === '') newest = instant;
    if (since === null || instant < since || ids.length > FEW) break;
    ids.push(id);
  }
  if (newest === '') throw new CavendishError('bad-input', 'it lists no change');
  return { ids: since === null || ids.length > FEW ? null : ids, newest };
}

/** Null where one of them is no longer there: the archive knows. */
async function records(
  base: string,
  ids: readonly string[],
  context: FetchContext,
): Promise<readonly Fetched[] | null> {
  const { downloads, fetching } = context;
  const files: Fetched[] = [];
  for (let at = 0; at < ids.length; at += TOGETHER) {
    const some = ids.slice(at, at + TOGETHER).map(async (id) => {
      const url = `${base}/${encodeURIComponent(id)}.json`;
      return await downloads.fetch({ url, held: null, maxBytes: RECORD_BYTES }, { signal: fetching.signal });
    });
    try {
      files.push(...(await Promise.all(some)).filter((file) => file !== null));
    } catch (error) {
      await Promise.allSettled(some);
      if (!isCavendishError(error, 'not-found')) throw error;
      return null;
    }
  }
  return files;
}

async function archive(
  base: string,
  family: string,
  context: FetchContext,
  list: Fetched | null,
): Promise<Haul | null> {
  const { downloads, fetching, known, at } = context;
  const url = `${base}/all.zip`;
  const held = list === null && known?.url === url ? known : null;
  const file = await downloads.fetch({ url, held, maxBytes: ARCHIVE_BYTES }, fetching);
  if (file === null) return null;
  const { etag, lastModified } = list ?? file;
  const newest = list === null ? null : (await changesIn(list, context, null)).newest;
  return {
    changesAlone: false,
    files: [file],
    lists: list === null ? [] : [list],
    source: url,
    complete: [family],
    // What its own newest record says: it may be older than the list.
    date: null,
    remember: { url: list?.url ?? url, etag, lastModified, asOf: newest, wholeAt: at.toISOString() },
  };
}

function isDue(wholeAt: string | null, at: Date): boolean {
  return wholeAt === null || at.getTime() - Date.parse(wholeAt) >= WHOLE_EVERY;
}
