/** Judges again: work `plan-again`, `judge-again` and `tell-cause` in; verdicts that changed, and one notice a reader. */
import { againHandlers, type AgainHandling } from '../../lib/pipeline/judge-again/again-handlers.ts';
import type { WorkParts } from '../shared/follow-up.ts';
import type { SqsHandler } from '../shared/messages.ts';
import { workHandler } from '../shared/run-work.ts';

interface Dependencies extends WorkParts {
  /** @throws CavendishError `bad-input` where the appetite is not right: nothing is judged before it is */
  readonly handling: () => Promise<Omit<AgainHandling, 'onAgain'>>;
}

export function createHandler({ handling, ...parts }: Dependencies): SqsHandler {
  return workHandler(parts, async (logger) =>
    againHandlers({
      ...(await handling()),
      onAgain: ({ step, ...happened }) => {
        logger.info(`a round was ${step}`, happened);
        if ('judged' in happened) parts.count('judgedAgain', happened.judged);
        if ('notices' in happened) parts.count('noticesSent', happened.notices);
      },
    }),
  );
}
