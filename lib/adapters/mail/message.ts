/**
 * A notice as an e-mail (RFC 5322), made by nodemailer: headers folded and encoded by the library, the text
 * first and the same as HTML beside it.
 */
import { createTransport, type SendMailOptions } from 'nodemailer';

import { letterHtml } from '../../core/notices/letter-html.ts';
import type { Notice } from '../../core/notices/notice.ts';

export interface Addresses {
  readonly from: string;
  /** Receives what is for an owner whose name is no address. */
  readonly fallback: string;
}

const ADDRESS = /^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/u;

export function mailOf(notice: Notice, { from, fallback }: Addresses): SendMailOptions {
  return {
    from,
    to: ADDRESS.test(notice.to) ? notice.to : { name: notice.to, address: fallback },
    subject: notice.subject,
    text: notice.text,
    html: letterHtml(notice.letter, notice.subject),
    date: new Date(notice.at),
    messageId: `<${notice.id}@cavendish.invalid>`,
    headers: { 'X-Cavendish-Kind': notice.kind, 'Auto-Submitted': 'auto-generated' },
    // What a notice says came from images and feeds: nothing in it is a file or an address to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** The bytes of the message, as a mail program stores it (`.eml`). */
export async function composeMail(mail: SendMailOptions): Promise<Buffer> {
  const { message } = await createTransport({ streamTransport: true, buffer: true, newline: 'windows' }).sendMail(mail);
  return Buffer.isBuffer(message) ? message : Buffer.concat(await message.toArray());
}
