/** What the operator is told of feeds that were set aside, and the events that programs are. */
import type { QuarantineReason } from '../advisories/quarantine.ts';
import type { OutEvent } from '../events/out-event.ts';
import type { Digest } from '../image/digest.ts';
import { counted, plainLine } from '../text/plain.ts';
import { step } from './letter.ts';
import type { Notice } from './notice.ts';
import { operatorNotice } from './operator-notice.ts';

/** An arrival that was set aside. */
export interface SetAside {
  readonly feed: string;
  /** The version that was set aside; null where the arrival could not be read. */
  readonly hash: Digest | null;
  /** The version that is held all the same; null where none is. */
  readonly before: Digest | null;
  readonly reasons: readonly QuarantineReason[];
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly source: string;
  /** By which it is known among all that was set aside. */
  readonly key: string;
}

/** An entry of EventBridge has at most 256 KB; a message names something and is a sentence. */
const LONGEST_TEXT = 1000;

/**
 * The same arrivals make the same notice.
 *
 * @param arrivals - one or more
 * @param home - how commands name the home: empty for the data folder, or ` --home aws:STACK`
 */
export function quarantineNotice(arrivals: readonly SetAside[], home: string): Notice {
  const at =
    arrivals
      .map((one) => one.at)
      .sort()
      .at(-1) ?? '';
  const [first] = arrivals;
  return operatorNotice({
    kind: 'feed-quarantined',
    at,
    headline: `${counted(arrivals.length, 'feed')} set aside: the last good ${arrivals.length === 1 ? 'one stays' : 'ones stay'}`,
    matters: arrivals.map(({ feed, before, reasons }) => {
      const stays = before === null ? 'nothing is held of it' : 'what was held stays';
      return `${feed}: ${reasons.map(({ message }) => message).join('; ')} (${stays})`;
    }),
    next: [
      step('see what came', `cavendish feeds inspect${arrivals.length === 1 ? ` ${first?.feed ?? ''}` : ''}${home}`),
      step('where it is right', `cavendish feeds release FEED VERSION --by NAME --why REASON${home}`),
      step('where it is not', `cavendish feeds reject FEED VERSION --by NAME --why REASON${home}`),
    ],
  });
}

export function quarantineEvent({ feed, hash, before, reasons, at, source, key }: SetAside): OutEvent {
  return {
    type: 'Feed Quarantined',
    detail: {
      id: `feed-quarantined#${key}`,
      schemaVersion: 1,
      ...{ at, feed, hash, source: short(source), held: before },
      reasons: reasons.map(({ kind, message }) => ({ kind, message: short(message) })),
    },
  };
}

function short(text: string): string {
  const line = plainLine(text);
  return line.length <= LONGEST_TEXT ? line : `${line.slice(0, LONGEST_TEXT).toWellFormed()}…`;
}
