/**
 * The inbox: a folder of e-mails, where notices of a laptop's home arrive.
 *
 * The name of a file ends in the notice's identity: one that is delivered twice is there once, even where whoever
 * died behind the first delivery says it again later. A file appears whole or not at all.
 */
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import type { Notice } from '../../../core/notices/notice.ts';
import type { Notifier } from '../../../pipeline/ports/notifier.ts';
import { type Addresses, composeMail, mailOf } from '../../mail/message.ts';
import { writeDurably } from '../home/durable-file.ts';
import { explainFile, fileErrorCode } from '../home/file-failures.ts';

export interface InboxEntry {
  readonly subject: string;
  readonly to: string;
  readonly at: string;
  readonly kind: string;
  readonly file: string;
}

/** The longest header part that is read of a message. */
const MOST_HEADER_BYTES = 16 * 1024;

export function inboxNotifier(folder: string, addresses: Addresses): Notifier {
  let names: Set<string> | null = null;
  return {
    name: `inbox ${folder}`,
    async deliver(notice) {
      await mkdir(folder, { recursive: true });
      // Read once; what can't be read is tried again with the next notice.
      names ??= await namesIn(folder);
      const name = nameOf(notice);
      if (names.has(name)) return;
      await writeDurably(join(folder, fileName(notice)), await composeMail(mailOf(notice, addresses)));
      names.add(name);
    },
  };
}

/** `2026-11-23T000000.000Z-verdict-changed-<id>.eml`: in the order of time, and safe on every file system. */
function fileName(notice: Pick<Notice, 'at' | 'kind' | 'id'>): string {
  return `${notice.at.replaceAll(':', '')}-${nameOf(notice)}`;
}

/** What tells a notice from every other, whenever it was said. */
function nameOf({ kind, id }: Pick<Notice, 'kind' | 'id'>): string {
  return `${kind}-${id}.eml`;
}

async function namesIn(folder: string): Promise<Set<string>> {
  const files = await listIfThere(folder);
  return new Set(files.map((file) => file.slice(file.indexOf('Z-') + 2)));
}

/** What has arrived, the oldest first. */
export async function readInbox(folder: string): Promise<readonly InboxEntry[]> {
  const names = (await listIfThere(folder)).filter((name) => name.endsWith('.eml')).sort();
  return await Promise.all(names.map((name) => readEntry(join(folder, name))));
}

async function readEntry(file: string): Promise<InboxEntry> {
  const bytes = (await readFile(file)).subarray(0, MOST_HEADER_BYTES);
  const [head = ''] = bytes.toString('utf8').split('\r\n\r\n', 1);
  // RFC 5322: a line that begins with white space continues the header before it.
  const headers = new Map(
    head
      .replace(/\r\n[ \t]+/gu, ' ')
      .split('\r\n')
      .map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const date = new Date(headers.get('date') ?? Number.NaN);
  return {
    subject: headers.get('subject') ?? '',
    to: headers.get('to') ?? '',
    at: Number.isNaN(date.getTime()) ? '' : date.toISOString(),
    kind: headers.get('x-cavendish-kind') ?? '',
    file: basename(file),
  };
}

async function listIfThere(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return [];
    throw explainFile(error, folder);
  }
}
