import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { inboxNotifier, readInbox } from '../../../../lib/adapters/local/inbox/inbox.ts';
import { aNotice } from '../../../support/notices.ts';

const addresses = { from: 'cavendish@localhost', fallback: 'stakeholders@localhost' };
const notice = aNotice({
  id: 'abc-1.0',
  kind: 'verdict-changed',
  at: '2026-11-23T00:00:00.000Z',
  to: 'shop-team@example.com',
  subject: '[Cavendish] NO-GO: team/app:1.0 (production), 15 vulnerabilities, 2 criteria broken so far',
  text: 'NO-GO  team/app:1.0\n.\nWhy — because\n',
});

let folder: string;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'cavendish-inbox-')), 'inbox');
});

afterEach(async () => {
  await rm(join(folder, '..'), { recursive: true });
});

describe('the inbox', () => {
  it('is empty before the first notice', async () => {
    expect(await readInbox(folder)).toEqual([]);
  });

  it('holds a notice once, however often it is delivered', async () => {
    const inbox = inboxNotifier(folder, addresses);
    await Promise.all([inbox.deliver(notice), inbox.deliver(notice)]);
    await inbox.deliver(notice);

    expect(await readInbox(folder)).toEqual([
      {
        subject: notice.subject,
        to: 'shop-team@example.com',
        at: notice.at,
        kind: 'verdict-changed',
        file: '2026-11-23T000000.000Z-verdict-changed-abc-1.0.eml',
      },
    ]);
  });

  it('holds once what is said again at another time by whoever goes on for one who died', async () => {
    await inboxNotifier(folder, addresses).deliver(notice);
    await inboxNotifier(folder, addresses).deliver({ ...notice, at: '2026-11-23T00:07:00.000Z' });
    expect((await readInbox(folder)).map(({ at }) => at)).toEqual([notice.at]);
  });

  it('writes a message that a mail program reads', async () => {
    await inboxNotifier(folder, addresses).deliver(notice);

    const [name = ''] = await readdir(folder);
    const message = await readFile(join(folder, name), 'utf8');
    expect(message).toContain('Message-ID: <abc-1.0@cavendish.invalid>\r\n');
    expect(message).toContain('Auto-Submitted: auto-generated\r\n');
    expect(message).toMatch(/^Content-Type: text\/plain; charset=utf-8\r$/mu);
  });

  it('sends what is for an owner without an address to the fallback, under the name', async () => {
    await inboxNotifier(folder, addresses).deliver({ ...notice, to: 'Shop, "the" team\r\nBcc: evil@example.com' });

    const [entry] = await readInbox(folder);
    expect(entry?.to).toContain('<stakeholders@localhost>');
    const [name = ''] = await readdir(folder);
    expect(await readFile(join(folder, name), 'utf8')).not.toMatch(/^bcc:/imu);
  });
});
