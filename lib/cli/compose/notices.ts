/** Where the notices of a home go: the inbox and a mail server, or the topics on AWS; and which went. */
import { inboxNotifier, readInbox } from '../../adapters/local/inbox/inbox.ts';
import { smtpNotifier } from '../../adapters/mail/smtp.ts';
import type { Notifier } from '../../pipeline/ports/notifier.ts';
import { readNotices } from '../../pipeline/read-notices/read-notices.ts';
import type { Io } from '../io.ts';
import type { AnyHome } from './any-home.ts';
import type { Laptop } from './laptop.ts';

export interface MailOptions {
  readonly smtp: string | undefined;
  readonly mailFrom: string;
  readonly mailTo: string;
}

/** As the options of `up` read them, for commands that have no such options. */
export function mailOptionsOf(env: Io['env']): MailOptions {
  const { CAVENDISH_SMTP: smtp, CAVENDISH_MAIL_FROM: mailFrom, CAVENDISH_MAIL_TO: mailTo } = env;
  return { smtp, mailFrom: mailFrom ?? DEFAULT_MAIL.from, mailTo: mailTo ?? DEFAULT_MAIL.to };
}

export const DEFAULT_MAIL = { from: 'cavendish@localhost', to: 'stakeholders@localhost' };

export function notifiersOf(
  { home }: Pick<Laptop, 'home'>,
  { smtp, mailFrom, mailTo }: MailOptions,
): readonly Notifier[] {
  const addresses = { from: mailFrom, fallback: mailTo };
  const inbox = inboxNotifier(home.paths.inbox, addresses);
  return smtp === undefined ? [inbox] : [inbox, smtpNotifier({ url: smtp, ...addresses })];
}

export interface ListedNotice {
  readonly at: string;
  readonly to: string;
  readonly subject: string;
  readonly kind: string;
  /** On this machine: the name of its file. */
  readonly file?: string;
  /** On AWS: what SNS called it. */
  readonly messageId?: string;
}

export interface ListedNotices {
  readonly notices: readonly ListedNotice[];
  /** Where they can be read, for people. */
  readonly where: string;
}

interface Span {
  /** An instant (ISO 8601, UTC); left out: all on this machine, those of `RECENT_DAYS` on AWS. */
  readonly since: string | undefined;
  readonly now: Date;
}

const RECENT_DAYS = 31;

/** The oldest first. */
export async function noticesOf(home: AnyHome, { since, now }: Span): Promise<ListedNotices> {
  if (home.kind === 'laptop') {
    const { inbox } = home.home.paths;
    const notices = (await readInbox(inbox)).filter(({ at }) => since === undefined || at >= since);
    return { notices, where: `The files are in ${inbox}` };
  }
  const from = since ?? new Date(now.getTime() - RECENT_DAYS * 86_400_000).toISOString();
  const notices = await readNotices(home.register, { from, to: now.toISOString() });
  return { notices, where: `Those since ${from.slice(0, 10)}; older ones: cavendish inbox --since DATE` };
}
