/** KEV and EPSS: one file each, whole. */
import type { Target } from './target.ts';

const MOST_BYTES = { kev: 64 * 1024 ** 2, epss: 256 * 1024 ** 2 };

export function wholeTarget(feed: 'kev' | 'epss'): Target {
  return {
    feed,
    family: null,
    async fetch({ addresses, at, downloads, fetching, known }) {
      const url = addresses[feed];
      const held = known?.url === url ? known : null;
      const file = await downloads.fetch({ url, held, maxBytes: MOST_BYTES[feed] }, fetching);
      if (file === null) return null;
      const { etag, lastModified } = file;
      return {
        files: [file],
        source: url,
        changesAlone: false,
        complete: [],
        date: null,
        remember: { url, etag, lastModified, asOf: null, wholeAt: at.toISOString() },
      };
    },
  };
}
