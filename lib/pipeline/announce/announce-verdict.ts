/** Delivers the notice that a verdict owes to every channel; a channel that refuses leaves it owed. */
import { z } from 'zod';

import { CavendishError } from '../../core/errors/error.ts';
import type { Placement } from '../../core/image/placement.ts';
import { digestSchema } from '../../core/image/schemas.ts';
import type { Notice } from '../../core/notices/notice.ts';
import { verdictNotice } from '../../core/notices/verdict-notice.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import { readDocument } from '../judge-image/read-document.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { Work } from '../ports/work-queue.ts';

interface Dependencies {
  readonly evidence: EvidenceStore;
  readonly notifiers: readonly Notifier[];
  readonly fallbackOwner: string;
}

const owedNotice = z.object({
  assessment: digestSchema,
  tag: z.string().nullable(),
  previous: digestSchema.nullable(),
});

export async function announceVerdict(
  work: Work,
  { evidence, notifiers, fallbackOwner }: Dependencies,
): Promise<Notice> {
  const { assessment: id, tag, previous } = owedNotice.parse(work.body);
  const assessment = await readDocument<Assessment>(evidence, id, 'assessment');
  const before = previous === null ? null : await readDocument<Assessment>(evidence, previous, 'assessment');
  if (!isPlaced(assessment)) {
    throw new CavendishError('bad-input', `assessment ${id} has no placement: nobody is to be told of it`);
  }
  const notice = verdictNotice({ assessment, id, tag, previous: before, fallbackOwner });
  for (const notifier of notifiers) await notifier.deliver(notice);
  return notice;
}

function isPlaced(assessment: Assessment): assessment is Assessment & { readonly placement: Placement } {
  return assessment.placement !== null;
}
