/** A notice to the operator about the home itself: what is the matter, what to do about each thing. */
import { contentId } from '../canonical/canonical.ts';
import { hexOf } from '../image/digest.ts';
import { asciiLine, plainLine } from '../text/plain.ts';
import { wrapLine } from '../text/wrap.ts';
import type { Notice } from './notice.ts';
import { OPERATOR } from './subscriber.ts';
import { minute, SUBJECT_LIMIT } from './verdict-notice.ts';

interface Matter {
  readonly kind: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** A few words: `2 feeds are too old`. */
  readonly headline: string;
  /** One sentence each, the worst first. */
  readonly matters: readonly string[];
  /** What to do, one sentence each. */
  readonly next: readonly string[];
}

const WIDTH = 76;
const MOST_LINES = 40;

export function operatorNotice({ kind, at, headline, matters, next }: Matter): Notice {
  const shown = matters.slice(0, MOST_LINES);
  const rest = matters.length - shown.length;
  const lines = [
    `${headline}, as of ${minute(at)}`,
    '',
    ...shown.map((matter) => `  * ${matter}`),
    ...(rest > 0 ? [`  ... and ${rest} more`] : []),
    '',
    'What to do next',
    ...next.map((step) => `  * ${step}`),
    '',
  ];
  return {
    id: `${kind}-${hexOf(contentId([at, ...matters]))}`,
    ...{ kind, at, to: OPERATOR },
    subject: asciiLine(`[Cavendish] ${headline}`, SUBJECT_LIMIT),
    text: lines.flatMap((line) => wrapLine(plainLine(line), WIDTH)).join('\n'),
  };
}
