/** Brings a notice to one person, by whatever channel reaches them. */
import type { Notice } from '../../core/notices/notice.ts';
import type { Recipient } from '../../core/reminders/recipients.ts';

export interface Delivered {
  /** What the channel calls the message; null: it waits for a round-up, and leaves in one. */
  readonly messageId: string | null;
  /** How the reader's subscription stood; `none` where the channel has no such thing. */
  readonly subscription: 'confirmed' | 'none';
}

export interface Post {
  /**
   * @returns null where nothing reaches that person: it is not delivered, and stays owed
   * @throws CavendishError `unavailable` where the channel did not accept it: it stays owed
   */
  deliver(notice: Notice, to: Recipient): Promise<Delivered | null>;
}
