/** What the register remembers of the downloads of each feed, so that the next asks for what is new alone. */
import { z } from 'zod';

import { digestSchema } from '../../core/image/schemas.ts';
import type { Put, RegisterStore } from '../ports/register-store.ts';

const PARTITION = 'DOWNLOADS';

const downloaded = z.object({
  feed: z.string(),
  /** The address that is asked whether anything is new. */
  url: z.string(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  /** The version that came of it; null where none could be made. */
  hash: digestSchema.nullable(),
  /** The key of what was set aside in place of being held; null where it is held. */
  setAside: z.string().nullable(),
  /** The version that was held last: what follows is true of it alone, whatever was set aside since. */
  held: digestSchema.nullable(),
  /** Up to where changes were taken in: an instant; null where the format has none. */
  asOf: z.string().nullable(),
  /** When the whole was last taken in. */
  wholeAt: z.string().nullable(),
});

export type Downloaded = Readonly<z.output<typeof downloaded>>;

export interface StoredDownloaded extends Downloaded {
  readonly version: number;
}

export async function readDownloaded(register: RegisterStore, feed: string): Promise<StoredDownloaded | null> {
  const item = await register.get({ pk: PARTITION, sk: feed });
  return item === null ? null : { ...downloaded.parse(item.body), version: item.version };
}

/** The last to finish is remembered: what it says is compared with what is held before it counts. */
export function putDownloaded(body: Downloaded, before: StoredDownloaded | null): Put {
  return {
    item: { pk: PARTITION, sk: body.feed, body: { ...body } },
    when: before === null ? 'absent' : { version: before.version },
  };
}
