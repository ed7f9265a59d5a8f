/** The notices that were sent, as they are asked for. */
import { z } from 'zod';

import { instantSchema } from '../operations/fields.ts';
import { operation } from '../operations/operation.ts';
import { pageOf, pageSchema } from '../operations/page.ts';
import { readNotices } from './read-notices.ts';

export const inboxOperation = operation({
  name: 'inbox',
  changes: false,
  input: z.strictObject({ since: instantSchema, ...pageSchema }),
  run: async ({ since, ...page }, { register, at }) => {
    const notices = await readNotices(register, { from: since, to: at });
    // The oldest first; the place among those of the same instant tells them apart.
    const keyed = notices.map((notice, place) => ({ notice, key: `${notice.at} ${String(place).padStart(9, '0')}` }));
    const { rows, next } = pageOf(keyed, ({ key }) => key, page);
    return { rows: rows.map(({ notice }) => notice), next };
  },
});
