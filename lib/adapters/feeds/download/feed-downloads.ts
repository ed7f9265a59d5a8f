/** Feeds over HTTP: files in a folder, read as files that a person names. */
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';

import type { FeedDownloads } from '../../../pipeline/ports/feed-downloads.ts';
import { FEED_BOUNDS } from '../bounds.ts';
import { csvLines } from '../csv-lines.ts';
import { explainRead } from '../failures.ts';
import { readFeedFiles } from '../read-feed-files.ts';
import { fetchFile } from './fetch-file.ts';
import { lockFolder } from './folder-lock.ts';
import { type HttpOptions, openHttp } from './http-get.ts';
import { partialFile } from './partial.ts';

export interface DownloadOptions extends HttpOptions {
  /** For what is fetched. It is made where it is not there, and holds nothing else. */
  readonly folder: string;
  /** Whence files may come, in the form of `URL.host`: see `hostsOf`. */
  readonly hosts: ReadonlySet<string>;
  readonly pauseMs?: number;
  /** For unpacking. @default - the system's folder for temporary files */
  readonly temporary?: string;
}

export interface OpenDownloads extends FeedDownloads {
  close(): Promise<void>;
}

/** @throws CavendishError `already-running` where another process fetches into the folder */
export async function openDownloads(options: DownloadOptions): Promise<OpenDownloads> {
  const { folder, temporary } = options;
  const unlock = await lockFolder(folder);
  const http = openHttp(options);
  return {
    fetch: (wanted, fetching = {}) => fetchFile(wanted, fetching, { ...options, http }),
    source(files, name) {
      const names = new Map(files.map(({ file, url }) => [file, url]));
      const reading = {
        nameOf: (path: string) => names.get(path) ?? path,
        ...(temporary !== undefined && { temporary }),
      };
      return { ...readFeedFiles([...names.keys()], reading), name };
    },
    async *lines({ file }) {
      try {
        yield* csvLines(createReadStream(file) as AsyncIterable<Buffer>, FEED_BOUNDS);
      } catch (error) {
        throw explainRead(error, file);
      }
    },
    async discard(files) {
      for (const { url, file } of files) {
        await partialFile(folder, url).remove();
        await rm(file, { force: true });
      }
    },
    async close() {
      http.close();
      unlock();
    },
  };
}
