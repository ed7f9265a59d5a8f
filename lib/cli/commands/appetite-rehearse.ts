/** `appetite rehearse FILE`: what another appetite would change over everything held, before it counts. */
import { Command } from 'commander';

import { parseAppetite } from '../../core/appetite/parse-appetite.ts';
import type { Rehearsed } from '../../core/appetite/rehearsal.ts';
import { counted } from '../../core/text/plain.ts';
import { rehearseOperation } from '../../pipeline/appetite/operations.ts';
import type { RehearsalPage } from '../../pipeline/appetite/rehearse.ts';
import { appetiteVersion } from '../compose/appetite-version.ts';
import { withHome } from '../compose/home.ts';
import { type Io, print, printJson, remark } from '../io.ts';
import { type CommonOptions, withCommon } from '../options.ts';
import { renderRehearsal } from '../render/rehearsal.ts';

interface RehearseOptions extends CommonOptions {
  readonly from?: string;
}

/** Placements of one answer: a function on AWS has half a minute for them. */
const PLACEMENTS = { laptop: 50, aws: 5 } as const;

export function rehearseCommand(io: Io): Command {
  return withCommon(new Command('rehearse'))
    .description('what another appetite would change over everything held, before it counts; nothing is kept')
    .argument('<version>', 'a file, a preset, or a digest of an earlier version')
    .option('--from <place>', 'go on where a rehearsal ended early')
    .action(async (version: string, { as, data, home, json, from }: RehearseOptions) => {
      const { text, source } = await appetiteVersion(version, { as, data, home }, io);
      // Every mistake before anything is asked.
      parseAppetite(text, source);
      await withHome({ home, data, as }, io, async ({ kind, operate }) => {
        const sum = { judged: 0, changed: [] as Rehearsed[], failed: [] as RehearsalPage['failed'][number][] };
        let after: string | null = from ?? null;
        do {
          try {
            const page: RehearsalPage = await operate(rehearseOperation, {
              text,
              name: source,
              limit: PLACEMENTS[kind],
              after,
            });
            sum.judged += page.judged;
            sum.changed.push(...page.changed);
            sum.failed.push(...page.failed);
            after = page.next;
          } catch (error) {
            if (after !== null) remark(io, `It ended early. To go on from there: --from ${after}`);
            throw error;
          }
          if (json !== true && after !== null) {
            remark(io, `${counted(sum.judged, 'verdict')} judged by both, ${String(sum.changed.length)} would change`);
          }
        } while (after !== null);
        if (json === true) printJson(io, { source, ...sum });
        else print(io, renderRehearsal(source, sum, io));
      });
    });
}
