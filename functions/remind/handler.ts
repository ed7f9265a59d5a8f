/** Reminds people: work of what changed, and ladders whose timer fired, in; reminders, timers and notices out. */
import type { TimerMessage } from '../../lib/pipeline/ports/timers.ts';
import type { WorkHandlers } from '../../lib/pipeline/work/run-taken.ts';
import type { WorkParts } from '../shared/follow-up.ts';
import { messageHandler, type SqsHandler } from '../shared/messages.ts';
import { runNamed } from '../shared/run-work.ts';
import type { Count } from '../shared/tools.ts';
import { readRemindMessage } from './message.ts';

interface Dependencies extends WorkParts {
  /** @throws CavendishError `bad-input` where the appetite is not right: nobody is reminded before it is */
  readonly handlers: (count: Count) => Promise<WorkHandlers>;
  /**
   * Looks at one ladder, tells what is owed and counts it.
   *
   * @returns what came of it, for the log
   * @throws CavendishError `unavailable`: it stays owed, and the message is brought again
   */
  readonly remind: (ladder: TimerMessage, count: Count) => Promise<string>;
}

export function createHandler({ handlers, remind, ...parts }: Dependencies): SqsHandler {
  const { count } = parts;
  return messageHandler(
    { ...parts, read: readRemindMessage },
    async (message, _record, logger) => {
      if ('id' in message) await runNamed(message, parts, logger, () => handlers(count));
      else logger.info('a ladder was looked at', { ...message, outcome: await remind(message, count) });
    },
    { parallel: false },
  );
}
