/** The kinds of work that follow from verdicts: they are judged again, exceptions lapse, the risk register is kept. */
import { type Cause, causeId } from '../../core/again/cause.ts';
import type { PageDone, RoundHead } from '../../core/again/round.ts';
import type { Digest } from '../../core/image/digest.ts';
import { lapseException } from '../exceptions/lapse-exception.ts';
import type { Work } from '../ports/work-queue.ts';
import { foldRisks } from '../risks/fold-risks.ts';
import type { WorkHandlers } from '../work/run-work.ts';
import { FOLD_RISKS, JUDGE_AGAIN, LAPSE_EXCEPTION, PLAN_AGAIN, TELL_CAUSE } from '../work/work-types.ts';
import type { Settling } from './gather-changes.ts';
import { giveUpPage, judgePage, type PageDependencies } from './judge-page.ts';
import { planAgain } from './plan-again.ts';
import { tellCause, type TellingCause, type ToldReaders } from './tell-cause.ts';

export interface AgainHandling
  extends PageDependencies, Pick<Settling, 'settleSeconds'>, Pick<TellingCause, 'now' | 'everySeconds' | 'tell'> {
  /** What happens, as it happens. */
  readonly onAgain?: (happened: AgainHappened) => void;
}

export type AgainHappened =
  | ({ readonly step: 'planned'; readonly id: Digest; readonly cause: Cause['kind'] } & Pick<
      RoundHead,
      'pages' | 'placements'
    >)
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
        const head = await planAgain(work, handling);
        if (head === null) return;
        const { cause, pages, placements } = head;
        onAgain({ step: 'planned', id: causeId(cause), cause: cause.kind, pages, placements });
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
    [FOLD_RISKS]: {
      run: async (work: Work) => {
        await foldRisks(work, handling);
      },
    },
    [TELL_CAUSE]: {
      run: async (work: Work) => {
        onAgain({ step: 'told', ...(await tellCause(work, handling)) });
      },
    },
    [LAPSE_EXCEPTION]: { run: async (work: Work) => await lapseException(work, handling) },
  };
}
