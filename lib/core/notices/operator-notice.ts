/** A notice to the operator about the home itself: what is the matter, what to do about each thing. */
import { contentId } from '../canonical/canonical.ts';
import { hexOf } from '../image/digest.ts';
import type { NoticeKind } from './kinds.ts';
import { type Item, NEXT, says, sectionOf } from './letter.ts';
import { type Notice, noticeOf } from './notice.ts';
import { OPERATOR } from './subscriber.ts';
import { minute } from './verdict-notice.ts';

interface Matter {
  readonly kind: NoticeKind;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** A few words: `2 feeds are too old`. */
  readonly headline: string;
  /** One sentence each, the worst first. */
  readonly matters: readonly string[];
  /** What to do. */
  readonly next: readonly Item[];
}

const MOST_LINES = 40;

export function operatorNotice({ kind, at, headline, matters, next }: Matter): Notice {
  return noticeOf({
    id: `${kind}-${hexOf(contentId([at, ...matters]))}`,
    ...{ kind, at, to: OPERATOR, about: headline },
    letter: {
      headline: `${headline}, as of ${minute(at)}`,
      tone: 'bad',
      under: [],
      sections: [
        ...sectionOf(
          null,
          matters.map((matter) => says(matter)),
          { most: MOST_LINES },
        ),
        ...sectionOf(NEXT, next),
      ],
      foot: [],
    },
  });
}
