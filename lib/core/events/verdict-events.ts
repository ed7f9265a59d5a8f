/** The events that a verdict which is news is told by. */
import { platformName } from '../image/platform.ts';
import type { OwedVerdict } from '../notices/owed-verdict.ts';
import { plainLine } from '../text/plain.ts';
import type { OutEvent } from './out-event.ts';

/** An entry of EventBridge has at most 256 KB; a gap names something and is a sentence. */
const MOST_GAPS = 50;
const LONGEST_TEXT = 1000;

/** `Verdict Changed`, and `Image Unknown` beside it where the verdict is unknown. */
export function verdictEvents(owed: Omit<OwedVerdict, 'advice'>): readonly OutEvent[] {
  const { assessment, id, tag, previous, revision, fallbackOwner } = owed;
  const { placement, stage, verdict, at, blocking, image, asset, gaps, reasons, counts, score } = assessment;
  const about = {
    ...{ schemaVersion: 1 as const, at, placement, tag, platform: platformName(image.platform), stage },
    ...{ revision, verdict, blocking, assessment: id, owner: asset?.owner ?? fallbackOwner },
  };
  const change: OutEvent = {
    type: 'Verdict Changed',
    detail: {
      ...about,
      id: `verdict-changed#${tag ?? ''}#${id}`,
      previous: previous?.verdict ?? null,
      score: score.open,
      vulnerabilities: Object.values(counts).reduce((sum, count) => sum + count, 0),
      criteria: reasons.map(({ criterion }) => criterion),
    },
  };
  if (verdict !== 'unknown') return [change];
  const standing = gaps.filter(({ tolerated }) => !tolerated);
  const told = standing.slice(0, MOST_GAPS).map(({ kind, subject, message }) => ({
    kind,
    subject: short(subject),
    message: short(message),
  }));
  const unknown: OutEvent = {
    type: 'Image Unknown',
    detail: {
      ...about,
      id: `image-unknown#${tag ?? ''}#${id}`,
      gaps: told,
      gapsOmitted: standing.length - told.length,
    },
  };
  return [change, unknown];
}

function short(text: string): string {
  const line = plainLine(text);
  return line.length <= LONGEST_TEXT ? line : `${line.slice(0, LONGEST_TEXT).toWellFormed()}…`;
}
