/** Files of feeds in a temporary folder, and what is in them. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { FEED_BOUNDS, type FeedBounds } from '../../lib/adapters/feeds/bounds.ts';
import { readFeedFiles } from '../../lib/adapters/feeds/read-feed-files.ts';
import type { FeedPart } from '../../lib/pipeline/ports/feed-source.ts';
import { temporaryFolder } from './temporary-folder.ts';

export const osv = (id: string): string => JSON.stringify({ id, modified: '2026-01-01T00:00:00Z', affected: [] });

export const KEV = JSON.stringify({
  catalogVersion: '2026.08.07',
  dateReleased: '2026-08-07T00:00:00Z',
  count: 1,
  vulnerabilities: [{ cveID: 'CVE-2026-0001', dateAdded: '2026-08-07', dueDate: '2026-08-10' }],
});

export const EPSS = `#model_version:unknown,score_date:2026-08-16T00:00:00+0000
cve,epss,percentile
CVE-2026-0001,0.1,0.2
`;

export interface FeedFiles {
  readonly path: string;
  /** Writes a file, with the folders that it needs. */
  file(name: string, bytes: string | Uint8Array): Promise<string>;
  read(paths: readonly string[], bounds?: Partial<FeedBounds>): Promise<FeedPart[]>;
  /** What the reader left lying about among temporary files. */
  leftOver(): Promise<readonly string[]>;
  remove(): Promise<void>;
}

export async function feedFiles(): Promise<FeedFiles> {
  const { path, remove } = await temporaryFolder();
  const temporary = join(path, 'temporary');
  await mkdir(temporary);
  return {
    ...{ path, remove },
    leftOver: () => readdir(temporary),

    async file(name, bytes) {
      const file = join(path, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, bytes);
      return file;
    },

    async read(paths, bounds = {}) {
      return await Array.fromAsync(readFeedFiles(paths, { bounds: { ...FEED_BOUNDS, ...bounds }, temporary }).parts());
    },
  };
}
