/** Where a home on this machine fetches its feeds from, and how. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

import { type OpenDownloads, openDownloads } from '../../adapters/feeds/download/feed-downloads.ts';
import { explainFile, fileErrorCode } from '../../adapters/local/home/file-failures.ts';
import { type FeedAddresses, hostsOf, readFeedAddresses } from '../../core/advisories/feed-addresses.ts';
import { CavendishError } from '../../core/errors/error.ts';
import type { Io } from '../io.ts';
import type { Laptop } from './laptop.ts';

const VARIABLE = 'CAVENDISH_FEEDS';

/**
 * The variable CAVENDISH_FEEDS (JSON), else `feeds.yaml` in the data folder, else what is published.
 *
 * @throws CavendishError `bad-input` that names the source and the field
 */
export async function feedAddressesOf({ home }: Pick<Laptop, 'home'>, env: Io['env']): Promise<FeedAddresses> {
  const given = env[VARIABLE];
  if (given !== undefined) return readFeedAddresses(parsed(given, VARIABLE), VARIABLE);
  const file = join(home.folder, 'feeds.yaml');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (fileErrorCode(error) === 'ENOENT') return '';
    throw explainFile(error, file);
  });
  return readFeedAddresses(parsed(text, file), file);
}

/** @throws CavendishError `already-running` where another process fetches into the same home */
export async function downloadsOf(
  { home }: Pick<Laptop, 'home'>,
  addresses: FeedAddresses,
  env: Io['env'],
): Promise<OpenDownloads> {
  return await openDownloads({ folder: home.paths.downloads, hosts: hostsOf(addresses), env });
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
