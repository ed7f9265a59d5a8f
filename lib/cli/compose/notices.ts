/** Where the notices of a home go: the inbox and a mail server, or the topics on AWS; and which went. */
import { inboxNotifier, readInbox } from '../../adapters/local/inbox/inbox.ts';
import { smtpNotifier } from '../../adapters/mail/smtp.ts';
import { everyRow } from '../../pipeline/operations/every-row.ts';
import type { Notifier } from '../../pipeline/ports/notifier.ts';
import { inboxOperation } from '../../pipeline/read-notices/operations.ts';
import type { Io } from '../io.ts';
import type { Laptop } from './laptop.ts';
import type { Operate } from './opened-home.ts';

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
  /** An instant (ISO 8601, UTC); left out: those of `RECENT_DAYS`. */
  readonly since: string | undefined;
  readonly now: Date;
}

const RECENT_DAYS = 31;

/** Those of a home on this machine, the oldest first. */
export async function noticesHere({ home }: Pick<Laptop, 'home'>, since: string | undefined): Promise<ListedNotices> {
  const { inbox } = home.paths;
  const notices = (await readInbox(inbox)).filter(({ at }) => since === undefined || at >= since);
  return { notices, where: `The files are in ${inbox}` };
}

/** Those that a home on AWS sent, the oldest first. */
export async function noticesSent(operate: Operate, { since, now }: Span): Promise<ListedNotices> {
  const from = since ?? new Date(now.getTime() - RECENT_DAYS * 86_400_000).toISOString();
  const notices = await everyRow((page) => operate(inboxOperation, { since: from, ...page }));
  return { notices, where: `Those since ${from.slice(0, 10)}; older ones: cavendish inbox --since DATE` };
}
