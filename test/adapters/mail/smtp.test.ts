import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SMTPServer } from 'smtp-server';

import { smtpNotifier } from '../../../lib/adapters/mail/smtp.ts';
import { aNotice } from '../../support/notices.ts';

const notice = aNotice({
  id: 'abc-1.0',
  kind: 'verdict-changed',
  at: '2026-11-23T00:00:00.000Z',
  to: 'shop-team@example.com',
  subject: '[Cavendish] GO: team/app:1.0 (production), 0 vulnerabilities',
  text: 'GO  team/app:1.0\n.\n..end\n',
});
const addresses = { from: 'cavendish@example.com', fallback: 'stakeholders@example.com' };

interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly message: string;
}

let server: SMTPServer;
let received: Received[];
let refuse: boolean;

beforeEach(async () => {
  received = [];
  refuse = false;
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (refuse) {
          callback(new Error('mailbox full'));
          return;
        }
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          message: Buffer.concat(chunks).toString(),
        });
        callback();
      });
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
});

afterEach(async () => {
  await new Promise<void>((resolve) => {
    server.close(resolve);
  });
});

function address(): string {
  const { port } = server.server.address() as AddressInfo;
  return `smtp://127.0.0.1:${String(port)}`;
}

describe('smtpNotifier', () => {
  it('hands a notice to a real SMTP server, whole', async () => {
    await smtpNotifier({ url: address(), ...addresses }).deliver(notice);

    expect(received).toEqual([
      {
        from: 'cavendish@example.com',
        to: ['shop-team@example.com'],
        message: expect.stringContaining(notice.subject),
      },
    ]);
    expect(received[0]?.message).toContain('GO  team/app:1.0\r\n.\r\n..end');
  });

  it('leaves the notice owed where the server refuses it', async () => {
    refuse = true;

    await expect(smtpNotifier({ url: address(), ...addresses }).deliver(notice)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('did not take the notice'),
    });
  });

  it('leaves the notice owed where nobody listens', async () => {
    const url = 'smtp://127.0.0.1:1';
    await expect(smtpNotifier({ url, ...addresses }).deliver(notice)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it.each(['mail.example.com', 'http://mail.example.com', 'smtp://'])(
    'refuses "%s" as an address, without repeating it',
    (url) => {
      expect(() => smtpNotifier({ url, ...addresses })).toThrow(/not an SMTP address$/u);
    },
  );
});
