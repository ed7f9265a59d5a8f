/** Sends notices to a mail server, by nodemailer. */
import { createTransport } from 'nodemailer';

import { CavendishError } from '../../core/errors/error.ts';
import type { Notifier } from '../../pipeline/ports/notifier.ts';
import { type Addresses, mailOf } from './message.ts';

interface SmtpOptions extends Addresses {
  /** `smtp://[user:password@]host:port` or `smtps://…` */
  readonly url: string;
}

/** By RFC 5321, and RFC 8314 for TLS from the start. */
const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'smtp:': 25, 'smtps:': 465 };

/** How long a silent server is waited for, in milliseconds. */
const PATIENCE = 20_000;

/** @throws CavendishError `wrong-use` where the address is no SMTP address */
export function smtpNotifier({ url, ...addresses }: SmtpOptions): Notifier {
  const server = serverOf(url);
  const transport = createTransport({
    host: server.hostname,
    port: server.port === '' ? DEFAULT_PORTS[server.protocol] : Number(server.port),
    secure: server.protocol === 'smtps:',
    ...(server.username !== '' && {
      auth: { user: decodeURIComponent(server.username), pass: decodeURIComponent(server.password) },
    }),
    connectionTimeout: PATIENCE,
    greetingTimeout: PATIENCE,
    socketTimeout: PATIENCE,
  });
  return {
    name: `smtp ${server.host}`,
    async deliver(notice) {
      try {
        await transport.sendMail(mailOf(notice, addresses));
      } catch (error) {
        const cause = Error.isError(error) ? error.message : String(error);
        throw new CavendishError('unavailable', `the mail server ${server.host} did not take the notice: ${cause}`, {
          next: 'The notice stays owed and is tried again; check --smtp and the server.',
          cause: error,
        });
      }
    },
  };
}

function serverOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['smtp:', 'smtps:'].includes(url.protocol) || url.hostname === '') {
    // The text is not repeated: it may hold a password.
    throw new CavendishError('wrong-use', 'the address of the mail server is not an SMTP address', {
      next: 'Give it as smtp://host:port or smtps://user:password@host:port.',
    });
  }
  return url;
}
