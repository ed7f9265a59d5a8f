/** Where the notices of a laptop's home go: the inbox, and a mail server where one is configured. */
import { type InboxEntry, inboxNotifier, readInbox } from '../../adapters/local/inbox/inbox.ts';
import { smtpNotifier } from '../../adapters/mail/smtp.ts';
import type { Notifier } from '../../pipeline/ports/notifier.ts';
import type { Laptop } from './laptop.ts';

export interface MailOptions {
  readonly smtp: string | undefined;
  readonly mailFrom: string;
  readonly mailTo: string;
}

export function notifiersOf(
  { home }: Pick<Laptop, 'home'>,
  { smtp, mailFrom, mailTo }: MailOptions,
): readonly Notifier[] {
  const addresses = { from: mailFrom, fallback: mailTo };
  const inbox = inboxNotifier(home.paths.inbox, addresses);
  return smtp === undefined ? [inbox] : [inbox, smtpNotifier({ url: smtp, ...addresses })];
}

export async function noticesIn({ home }: Pick<Laptop, 'home'>): Promise<readonly InboxEntry[]> {
  return await readInbox(home.paths.inbox);
}
