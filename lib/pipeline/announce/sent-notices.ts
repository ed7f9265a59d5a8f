/**
 * The register's memory of notices that a topic accepted.
 *
 * Written after the topic's answer: a death in between may tell one notice twice, and loses none. What is
 * remembered is not sent again.
 */
import { isCavendishError } from '../../core/errors/error.ts';
import type { Notice } from '../../core/notices/notice.ts';
import { type SentNotice, sentNoticeKey } from '../../core/notices/sent-notice.ts';
import type { RegisterStore } from '../ports/register-store.ts';

export interface Sent {
  readonly notice: Pick<Notice, 'at' | 'id'>;
  readonly body: SentNotice;
}

/** A commit takes a hundred. */
const AT_ONCE = 90;

export async function wasSent(
  { at, id }: Pick<Notice, 'at' | 'id'>,
  reader: string,
  register: RegisterStore,
): Promise<boolean> {
  return (await register.get(sentNoticeKey(at, id, reader))) !== null;
}

export async function rememberSent(sent: readonly Sent[], register: RegisterStore): Promise<void> {
  for (let start = 0; start < sent.length; start += AT_ONCE) {
    const some = sent.slice(start, start + AT_ONCE);
    try {
      await put(some, register);
    } catch (error) {
      if (!isCavendishError(error, 'conflict')) throw error;
      for (const one of some) await putAlone(one, register);
    }
  }
}

async function put(sent: readonly Sent[], register: RegisterStore): Promise<void> {
  const puts = sent.map(({ notice: { at, id }, body }) => ({
    item: { ...sentNoticeKey(at, id, body.to), body: { ...body } },
    when: 'absent' as const,
  }));
  await register.commit({ puts });
}

async function putAlone(sent: Sent, register: RegisterStore): Promise<void> {
  try {
    await put([sent], register);
  } catch (error) {
    // The same notice was sent by two that did not know of each other; the first one's word stays.
    if (!isCavendishError(error, 'conflict')) throw error;
  }
}
