/** The notices that were sent, the oldest first: those of each month lie together. */
import { readSentNotice, type SentNotice, sentNoticesPartition } from '../../core/notices/sent-notice.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import { readAll } from '../read-board/read-board.ts';

/** Both are instants (ISO 8601, UTC); what is `from` on and before or at `to` is read. */
export async function readNotices(
  register: RegisterStore,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<readonly SentNotice[]> {
  const months = monthsBetween(from, to);
  const pages = await Promise.all(months.map((pk) => readAll(register, { pk })));
  return pages
    .flat()
    .map(readSentNotice)
    .filter(({ at }) => at >= from && at <= to);
}

function monthsBetween(from: string, to: string): readonly string[] {
  const months: string[] = [];
  for (const month = new Date(`${from.slice(0, 7)}-01T00:00:00.000Z`); month.toISOString() <= to;) {
    months.push(sentNoticesPartition(month.toISOString()));
    month.setUTCMonth(month.getUTCMonth() + 1);
  }
  return months;
}
