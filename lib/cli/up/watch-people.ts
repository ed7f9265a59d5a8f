/** Tells people what happens in a running home, line by line, and each verdict whole. */
import { resolve } from 'node:path';

import type { Cause } from '../../core/again/cause.ts';
import { shortDigest } from '../../core/image/digest.ts';
import { counted, plainLine } from '../../core/text/plain.ts';
import { type Io, print } from '../io.ts';
import { coloursFor } from '../render/colours.ts';
import { stepText } from '../render/progress.ts';
import { refreshedLines } from '../render/refresh.ts';
import { renderVerdict } from '../render/verdict.ts';
import type { UpEvent, Watch } from './events.ts';
import { isSample } from './sample-instant.ts';

const MOST_FINDINGS = 10;

export function watchForPeople(io: Io): Watch {
  const colours = coloursFor(io.stdout);
  return (event) => {
    if (event.event === 'verdict') {
      const { placement } = event.assessment;
      const own = placement !== null && isSample(placement);
      const options = { colours, most: MOST_FINDINGS, ...(own && { remark: "the sample's own date" }) };
      print(io, ['', ...renderVerdict(event.assessment, options), ''].join('\n'));
      if (!event.announced && event.before !== true)
        print(io, 'notice  none: nothing that people were told has changed');
      return;
    }
    const text = textOf(event);
    if (text !== null) print(io, event.event === 'step' ? colours.faint(text) : text);
  };
}

function textOf(event: Exclude<UpEvent, { event: 'verdict' }>): string | null {
  switch (event.event) {
    case 'up':
      return [
        `up      registry at ${event.registry} (loopback only; docker push ${event.registry}/NAME:TAG)`,
        `        data in ${resolve(event.data)}, appetite: ${event.appetite}`,
        ...(event.waiting > 0
          ? [`        ${counted(event.waiting, 'piece')} of work left from before: going on with it`]
          : []),
        ...(event.setAside > 0
          ? [`        ${counted(event.setAside, 'piece')} of work failed for good before and is kept, set aside`]
          : []),
      ].join('\n');
    case 'sample':
      return `sample  ${event.message}`;
    case 'push': {
      const name =
        event.tag === null ? `${event.repository}@${shortDigest(event.digest)}` : `${event.repository}:${event.tag}`;
      const skipped = event.skipped.length === 0 ? '' : `; skipped: ${event.skipped.map(plainLine).join(', ')}`;
      return `push    ${name}: ${event.images === 0 ? 'no image to judge' : counted(event.images, 'image')}${skipped}`;
    }
    case 'step':
      return stepText(event);
    case 'unchanged':
      return 'judge   the same image on the same evidence was judged today: the verdict stands';
    case 'again':
      return againText(event);
    case 'notice':
      return `notice  to ${plainLine(event.notice.to)} ${howText(event.channels)}: ${event.notice.subject}`;
    case 'feed':
      return refreshedLines(event)
        .map((line) => `feed    ${line}`)
        .join('\n');
    case 'trouble':
      return `trouble ${plainLine(event.message)}\n        ${plainLine(event.next)}`;
    case 'hint':
      return ['', 'Try next', ...event.lines.map((line, index) => `  ${String(index + 1)}. ${line}`), ''].join('\n');
    case 'end':
      return 'down    everything that was accepted is kept';
  }
}

function howText(channels: readonly string[]): string {
  return channels.length === 0 ? 'waits for a round-up' : `through ${channels.join(' and ')}`;
}

const CAUSES: Readonly<Record<Cause['kind'], string>> = {
  feeds: 'feeds changed',
  day: 'a day began',
  base: 'a base became known',
  approval: 'the approval of a base changed',
  overtaken: 'feeds, the appetite or exceptions changed meanwhile',
  exception: 'an exception was granted, or ended',
  passed: 'it passed another stage',
  appetite: 'another appetite is in force',
  opinion: "another scanner's opinion was taken in",
  sighted: 'it was sighted',
  validated: 'an external validation was recorded',
};

function againText(event: Extract<UpEvent, { event: 'again' }>): string | null {
  if (event.step === 'planned') {
    // What is over in a moment is told by what came of it.
    if (event.pages < 2) return null;
    return `again   ${CAUSES[event.cause]}: ${counted(event.placements, 'image')} to look at`;
  }
  if (event.step === 'told' || event.judged + event.failed.length === 0) return null;
  const failed = event.failed.length === 0 ? '' : `, ${event.failed.length} failed`;
  return `again   ${counted(event.judged, 'verdict')} judged again: ${event.changed} changed${failed}`;
}
