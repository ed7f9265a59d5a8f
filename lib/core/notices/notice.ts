/** A notice: a message about one change, on its way to somebody. */
import type { Dated } from '../reminders/dated.ts';
import { asciiLine } from '../text/plain.ts';
import type { NoticeKind } from './kinds.ts';
import { type Letter, letterText, shortLetter } from './letter.ts';

export interface Notice {
  /** The same notice delivered twice has the same id: a channel that can, shows it once. */
  readonly id: string;
  readonly kind: NoticeKind;
  /** The instant it speaks of (ISO 8601). */
  readonly at: string;
  /** The owner, as the appetite names them: an e-mail address, or a name. */
  readonly to: string;
  /** ASCII, under 100 characters, no line break. */
  readonly subject: string;
  /** The letter as plain text, lines of 76 characters at most where words allow it. */
  readonly text: string;
  readonly letter: Letter;
  /** What a calendar would hold of it. */
  readonly dates: readonly NoticeDate[];
}

export type NoticeDate = Pick<Dated, 'kind' | 'subject' | 'due' | 'title' | 'detail' | 'answers'>;

/** Of an SNS e-mail, and kind to others: under 100 characters. */
const SUBJECT_LIMIT = 99;

/** @param about - of any characters: the subject is made of it */
export function noticeOf({
  about,
  dates = [],
  ...notice
}: Pick<Notice, 'id' | 'kind' | 'at' | 'to' | 'letter'> & {
  readonly about: string;
  readonly dates?: readonly NoticeDate[];
}): Notice {
  const letter = shortLetter(notice.letter);
  const subject = asciiLine(`[Cavendish] ${about}`, SUBJECT_LIMIT);
  return { ...notice, subject, text: letterText(letter), letter, dates };
}
