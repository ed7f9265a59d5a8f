/** What is kept of a notice that is held: its letter lies in the evidence store until the round-up quotes it. */
import { canonicalBytes } from '../../core/canonical/canonical.ts';
import type { HeldNotice } from '../../core/notices/held-notice.ts';
import type { Notice } from '../../core/notices/notice.ts';
import { goesFirst } from '../../core/notices/precedence.ts';
import type { EvidenceStore } from '../ports/evidence-store.ts';

/** What an assessment says of it, so that no letter is kept. */
export type AboutVerdict = Pick<HeldNotice, 'assessment' | 'entry'>;

/** @param reader - as whom it would have been told */
export async function heldFrom(
  notice: Notice,
  reader: string,
  { about, evidence }: { readonly about: AboutVerdict | null; readonly evidence: EvidenceStore },
): Promise<HeldNotice> {
  const { at, id, kind, subject } = notice;
  const letter = about === null ? await evidence.put(canonicalBytes(notice.letter)) : null;
  const { assessment, entry } = about ?? { assessment: null, entry: null };
  return { at, id, kind, subject, reader, urgent: goesFirst(notice), assessment, entry, letter };
}
