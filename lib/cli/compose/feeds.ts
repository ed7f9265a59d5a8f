/** Where a home on this machine fetches its feeds from, and how. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

import { openDownloads } from '../../adapters/feeds/download/feed-downloads.ts';
import { explainFile, fileErrorCode } from '../../adapters/local/home/file-failures.ts';
import { type FeedAddresses, hostsOf, readFeedAddresses } from '../../core/advisories/feed-addresses.ts';
import { CavendishError } from '../../core/errors/error.ts';
import { pacingBy } from '../../pipeline/announce/pacing.ts';
import { tellChannels } from '../../pipeline/announce/tell-channels.ts';
import type { Notifier } from '../../pipeline/ports/notifier.ts';
import { type Refresh, type RefreshedFeed, refreshFeeds } from '../../pipeline/refresh-feeds/refresh-feeds.ts';
import { tellQuarantined } from '../../pipeline/refresh-feeds/tell-quarantined.ts';
import type { Io } from '../io.ts';
import { appetites, type Laptop } from './laptop.ts';

const VARIABLE = 'CAVENDISH_FEEDS';

/**
 * The variable CAVENDISH_FEEDS (JSON), else `feeds.yaml` in the data folder, else what is published.
 *
 * @throws CavendishError `bad-input` that names the source and the field
 */
async function feedAddressesOf({ home }: Pick<Laptop, 'home'>, env: Io['env']): Promise<FeedAddresses> {
  const given = env[VARIABLE];
  if (given !== undefined) return readFeedAddresses(parsed(given, VARIABLE), VARIABLE);
  const file = join(home.folder, 'feeds.yaml');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (fileErrorCode(error) === 'ENOENT') return '';
    throw explainFile(error, file);
  });
  return readFeedAddresses(parsed(text, file), file);
}

interface Refreshing extends Pick<Refresh, 'only' | 'signal' | 'onProgress'> {
  readonly env: Io['env'];
  readonly now: Io['now'];
  /** Who take the notice of what was set aside to the operator. */
  readonly notifiers: readonly Notifier[];
}

/**
 * Refreshes the feeds, and tells the operator of what was set aside.
 *
 * @throws CavendishError `already-running` where another process fetches into the same home, `bad-input` where the
 *   addresses can't be read, and what telling throws; each feed fails by itself
 */
export async function refreshLaptop(laptop: Laptop, refreshing: Refreshing): Promise<readonly RefreshedFeed[]> {
  const { env, now, notifiers, ...given } = refreshing;
  const addresses = await feedAddressesOf(laptop, env);
  const downloads = await openDownloads({ folder: laptop.home.paths.downloads, hosts: hostsOf(addresses), env });
  try {
    const refreshed = await refreshFeeds({ addresses, at: now(), ...given }, { ...laptop, downloads });
    await tellQuarantined({
      ...{ register: laptop.register, at: now(), home: '' },
      tell: async (notice) => {
        await tellChannels(notice, {
          ...laptop,
          notifiers,
          ...pacingBy(appetites(laptop), now, { ...laptop, subscriberTopics: null }),
        });
      },
    });
    return refreshed;
  } finally {
    await downloads.close();
  }
}

/** JSON is YAML. */
function parsed(text: string, source: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 }) as unknown;
  } catch (error) {
    const what = Error.isError(error) ? (error.message.split('\n', 1)[0] ?? '') : String(error);
    throw new CavendishError('bad-input', `${source}: ${what}`, { cause: error });
  }
}
