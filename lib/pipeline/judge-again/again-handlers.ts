/** The three kinds of work by which verdicts are judged again, for whoever runs an outbox. */
import type { Cause } from '../../core/again/cause.ts';
import type { PageDone, RoundHead } from '../../core/again/round.ts';
import type { Work } from '../ports/work-queue.ts';
import type { WorkHandlers } from '../work/run-work.ts';
import { JUDGE_AGAIN, PLAN_AGAIN, TELL_CAUSE } from '../work/work-types.ts';
import { giveUpPage, judgePage, type PageDependencies } from './judge-page.ts';
import { planAgain } from './plan-again.ts';
import { tellCause, type TellingCause, type ToldReaders } from './tell-cause.ts';

export interface AgainHandling extends PageDependencies, Pick<TellingCause, 'now' | 'everySeconds' | 'tell'> {
  /** What happens, as it happens. */
  readonly onAgain?: (happened: AgainHappened) => void;
}

export type AgainHappened =
  | ({ readonly step: 'planned' } & Pick<RoundHead, 'pages' | 'placements'> & { readonly cause: Cause['kind'] })
  | ({ readonly step: 'judged' } & PageDone)
  | ({ readonly step: 'told' } & ToldReaders);

export function againHandlers(handling: AgainHandling): WorkHandlers {
  const { onAgain = () => undefined } = handling;
  const judged = (page: PageDone): void => {
    onAgain({ step: 'judged', ...page });
  };
  return {
    [PLAN_AGAIN]: {
      run: async (work: Work) => {
        const { cause, pages, placements } = await planAgain(work, handling);
        onAgain({ step: 'planned', cause: cause.kind, pages, placements });
      },
    },
    [JUDGE_AGAIN]: {
      run: async (work: Work) => {
        judged(await judgePage(work, handling));
      },
      giveUp: async (work: Work, cause: string) => {
        judged(await giveUpPage(work, cause, handling));
      },
    },
    [TELL_CAUSE]: {
      run: async (work: Work) => {
        onAgain({ step: 'told', ...(await tellCause(work, handling)) });
      },
    },
  };
}
