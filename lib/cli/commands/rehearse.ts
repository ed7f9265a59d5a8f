/** `rehearse --until DATE`: everything that happens by itself until then. */
import { Command } from 'commander';

import { type ComingDate, type ComingVerdict, inOrder } from '../../core/ahead/coming.ts';
import { counted } from '../../core/text/plain.ts';
import type { DatesAhead } from '../../pipeline/ahead/dates-ahead.ts';
import { aheadDatesOperation, aheadVerdictsOperation } from '../../pipeline/ahead/operations.ts';
import type { VerdictsAhead } from '../../pipeline/ahead/verdicts-ahead.ts';
import { withHome } from '../compose/home.ts';
import type { Operate } from '../compose/opened-home.ts';
import { type Io, print, printJson, remark } from '../io.ts';
import { type CommonOptions, withCommon } from '../options.ts';
import { renderAhead } from '../render/ahead.ts';

interface RehearseOptions extends CommonOptions {
  readonly until: string;
  readonly freshFeeds?: boolean;
}

/** Of one answer at most: it ends sooner where it takes long, and the next goes on there. */
const PLACEMENTS = 50;
const LADDERS = 100;

export function rehearseCommand(io: Io): Command {
  return withCommon(new Command('rehearse'))
    .description('what happens until a day if nobody does anything: reminders, ends, verdicts; nothing is kept')
    .requiredOption('--until <date>', 'to the end of this day where the programme is at home, or until this instant')
    .option('--fresh-feeds', 'as though feeds were refreshed every day, and said nothing new')
    .addHelpText('after', '\nExample:\n  cavendish rehearse --until 2027-01-31 --fresh-feeds')
    .action(async ({ as, data, home, json, until, freshFeeds = false }: RehearseOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const dates = await everyDate(until, operate);
        const tell = (judged: number): void => {
          if (json !== true) remark(io, `${counted(judged, 'verdict')} looked at`);
        };
        const asked = { until, freshFeeds, limit: PLACEMENTS };
        const { judged, turns, failed } = await everyVerdict(asked, operate, tell);
        const ahead = { until, judged, failed, coming: inOrder(dates, turns) };
        if (json === true) printJson(io, ahead);
        else print(io, renderAhead(ahead, io));
      });
    });
}

async function everyDate(until: string, operate: Operate): Promise<readonly ComingDate[]> {
  const dates: ComingDate[] = [];
  let after: string | null = null;
  do {
    const page: DatesAhead = await operate(aheadDatesOperation, { until, after, limit: LADDERS });
    dates.push(...page.dates);
    after = page.next;
  } while (after !== null);
  return dates;
}

async function everyVerdict(
  asked: { readonly until: string; readonly freshFeeds: boolean; readonly limit: number },
  operate: Operate,
  tell: (judged: number) => void,
): Promise<Omit<VerdictsAhead, 'next'>> {
  const sum = { judged: 0, turns: [] as ComingVerdict[], failed: [] as VerdictsAhead['failed'][number][] };
  let after: string | null = null;
  do {
    const page: VerdictsAhead = await operate(aheadVerdictsOperation, { ...asked, after });
    sum.judged += page.judged;
    sum.turns.push(...page.turns);
    sum.failed.push(...page.failed);
    after = page.next;
    if (after !== null) tell(sum.judged);
  } while (after !== null);
  return sum;
}
