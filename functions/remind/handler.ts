/** Reminds people: work of what changed, and ladders whose timer fired, in; reminders, timers and notices out. */
import type { TimerMessage } from '../../lib/pipeline/ports/timers.ts';
import type { Reminded } from '../../lib/pipeline/reminders/remind.ts';
import type { WorkHandlers } from '../../lib/pipeline/work/run-taken.ts';
import type { WorkParts } from '../shared/follow-up.ts';
import { messageHandler, type SqsHandler } from '../shared/messages.ts';
import { runNamed } from '../shared/run-work.ts';
import { readRemindMessage } from './message.ts';

interface Dependencies extends WorkParts {
  /** @throws CavendishError `bad-input` where the appetite is not right: nobody is reminded before it is */
  readonly handlers: () => Promise<WorkHandlers>;
  /**
   * Looks at one ladder, and tells what is owed. One at which another is already is found by the sweep where it is
   * still owed then.
   *
   * @throws CavendishError `unavailable`: it stays owed, and the message is brought again
   */
  readonly remind: (ladder: TimerMessage) => Promise<Reminded['outcome']>;
}

export function createHandler({ handlers, remind, ...parts }: Dependencies): SqsHandler {
  return messageHandler(
    { ...parts, read: readRemindMessage },
    async (message, _record, logger) => {
      if ('id' in message) {
        await runNamed(message, parts, logger, handlers);
        return;
      }
      const outcome = await remind(message);
      if (outcome === 'told') parts.count('remindersSent');
      if (outcome === 'unreachable') parts.count('remindersUnreachable');
      logger.info('a ladder was looked at', { ...message, outcome });
    },
    { parallel: false },
  );
}
