/** Sends what waits, to each recipient in one round-up, once an hour has room for it again. */
import { heldRoundUp } from '../../core/notices/held-round-up.ts';
import { type Pace, readPace } from '../../core/notices/pace.ts';
import { PACE_PARTITION } from '../../core/register/pace-keys.ts';
import { readAll } from '../read-board/read-all.ts';
import { oneByOne } from '../work/one-by-one.ts';
import { type Box, sendBox, type SendingBoxes } from './send-box.ts';

export interface SentHeld {
  readonly roundUps: number;
  /** Notices in them. */
  readonly notices: number;
}

/**
 * Who asked for a round-up a day or a week has what waits with that: not here.
 *
 * @throws what a channel throws, once everybody else has theirs: what was for that one waits on
 */
export async function sendHeld(sending: SendingBoxes): Promise<SentHeld> {
  const stored = await readAll(sending.register, { pk: PACE_PARTITION });
  const byCalendar = await sending.roundUpsOnly();
  const paces = stored.map(readPace).filter((pace) => isWaiting(pace) && !byCalendar.has(keyOf(pace)));
  let [roundUps, notices] = [0, 0];
  await oneByOne(paces, async ({ name, topicArn }) => {
    const to = { key: keyOf({ name, topicArn }), name, topicArn };
    const count = await sendBox(to, { compose, calendar: null }, sending);
    if (count !== null) roundUps += 1;
    notices += count ?? 0;
  });
  return { roundUps, notices };
}

function isWaiting({ box, closed }: Pace): boolean {
  return closed !== null || box.count > 0;
}

function keyOf({ name, topicArn }: Pick<Pace, 'name' | 'topicArn'>): string {
  return topicArn ?? name;
}

async function compose({ to, closed, rows, letters }: Box) {
  const notice = rows.length === 0 ? null : heldRoundUp({ to, box: closed.number, at: closed.at, rows, letters });
  return await Promise.resolve(notice);
}
