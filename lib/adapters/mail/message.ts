/**
 * A notice as an e-mail (RFC 5322), made by nodemailer: headers folded and encoded by the library, the text
 * first, the same as HTML beside it, and what a calendar would hold of it.
 */
import { createTransport, type SendMailOptions } from 'nodemailer';

import { letterHtml } from '../../core/notices/letter-html.ts';
import type { Notice } from '../../core/notices/notice.ts';
import { icalendarOf } from '../../core/reminders/icalendar.ts';
import { cutShort, plainLine } from '../../core/text/plain.ts';

export interface Addresses {
  readonly from: string;
  /** Receives what is for an owner whose name is no address. */
  readonly fallback: string;
}

const ADDRESS = /^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/u;

export function mailOf(notice: Notice, { from, fallback }: Addresses): SendMailOptions {
  return {
    from,
    // Encoded or not, a name is shown as it is: mail programs decode it, and some do what it says.
    to: ADDRESS.test(notice.to) ? notice.to : { name: cutShort(plainLine(notice.to), NAME_LIMIT), address: fallback },
    subject: notice.subject,
    text: notice.text,
    html: letterHtml(notice.letter, notice.subject),
    ...(notice.dates.length > 0 && {
      icalEvent: {
        method: 'PUBLISH',
        content: icalendarOf({ entries: notice.dates, at: notice.at, from: bare(from) }),
      },
    }),
    date: new Date(notice.at),
    messageId: `<${notice.id}@cavendish.invalid>`,
    headers: { 'X-Cavendish-Kind': notice.kind, 'Auto-Submitted': 'auto-generated' },
    // What a notice says came from images and feeds: nothing in it is a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** Characters of a name before an address: no longer than mail programs show. */
const NAME_LIMIT = 100;

/** `Cavendish <cavendish@example.com>` is `cavendish@example.com`. */
function bare(from: string): string {
  return /<([^<>]+)>\s*$/u.exec(from)?.[1] ?? from;
}

/** The bytes of the message, as a mail program stores it (`.eml`). */
export async function composeMail(mail: SendMailOptions): Promise<Buffer> {
  const { message } = await createTransport({ streamTransport: true, buffer: true, newline: 'windows' }).sendMail(mail);
  return Buffer.isBuffer(message) ? message : Buffer.concat(await message.toArray());
}
