/** A channel that takes notices to people. */
import type { Notice } from '../../core/notices/notice.ts';

export interface Notifier {
  /** What people call the channel: `inbox`, `smtp`. */
  readonly name: string;
  /** @throws CavendishError `unavailable` where the channel did not accept it: it stays owed */
  deliver(notice: Notice): Promise<void>;
}
