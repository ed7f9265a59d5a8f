/** Tells people what became of an exception: work that each change of it leaves of which somebody is to know. */
import { z } from 'zod';

import type { Appetite } from '../../core/appetite/appetite.ts';
import { type Change, readChange } from '../../core/exceptions/change.ts';
import { lacksOf } from '../../core/exceptions/lacks.ts';
import { digestSchema } from '../../core/image/schemas.ts';
import { exceptionNotice } from '../../core/notices/exception-notice.ts';
import type { Notice } from '../../core/notices/notice.ts';
import { exceptionChangeKey } from '../../core/register/exception-keys.ts';
import { datedOfException } from '../../core/reminders/dated-of.ts';
import type { Recipient } from '../../core/reminders/recipients.ts';
import type { Delivered, Post } from '../ports/post.ts';
import type { RegisterStore } from '../ports/register-store.ts';
import type { Work } from '../ports/work-queue.ts';
import { oneByOne } from '../work/one-by-one.ts';
import type { WorkHandlers } from '../work/run-work.ts';
import { TELL_EXCEPTION } from '../work/work-types.ts';
import { scopedAssets } from './act.ts';
import { readException } from './exception-items.ts';
import { peopleToldOf } from './told-people.ts';

export interface TellingException {
  readonly register: RegisterStore;
  readonly appetite: Appetite;
  readonly post: Post;
  /** Nothing reaches that person: somebody else has to know. */
  readonly onUnreached: (notice: Notice, to: Recipient) => Promise<void>;
  readonly onTold?: (notice: Notice, delivered: Delivered) => void;
}

const job = z.object({ id: z.string(), at: z.string(), change: digestSchema });

/**
 * Each of them by himself; who was told before is known to the post.
 *
 * @throws what a channel throws, once everybody else is told: it stays owed
 */
async function tellException({ body }: Work, telling: TellingException): Promise<void> {
  const { register, appetite } = telling;
  const { id, at, change: hash } = job.parse(body);
  const stored = await register.get(exceptionChangeKey(id, at, hash));
  if (stored === null) return;
  const change = readChange(stored);
  const assets = await scopedAssets(change.exception.terms, appetite, register);
  if (change.did === 'requested' && (await isIdle(change, assets, telling))) return;
  const dates = change.did === 'granted' ? datedOfException(change.exception, at) : [];
  await oneByOne(peopleToldOf(change, assets, appetite), async ({ to, since }) => {
    const notice = exceptionNotice({ change, to, since, dates });
    if (notice !== null) await tellOne(notice, to, telling);
  });
}

/** Nobody has to decide on what is decided by now, or could not be granted as it is. */
async function isIdle(
  { at, exception: { id, terms } }: Change,
  assets: Awaited<ReturnType<typeof scopedAssets>>,
  { register, appetite }: TellingException,
): Promise<boolean> {
  const { exception } = await readException(id, register);
  return exception.state !== 'requested' || lacksOf(terms, appetite, { at, assets }).length > 0;
}

async function tellOne(notice: Notice, to: Recipient, { post, onUnreached, onTold }: TellingException): Promise<void> {
  const delivered = await post.deliver(notice, to);
  if (delivered === null) await onUnreached(notice, to);
  else onTold?.(notice, delivered);
}

export function tellExceptionHandlers(telling: () => Promise<TellingException>): WorkHandlers {
  return {
    [TELL_EXCEPTION]: {
      run: async (work) => {
        await tellException(work, await telling());
      },
    },
  };
}
