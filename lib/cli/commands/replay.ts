import { Command } from 'commander';

import { counted, plainLine } from '../../core/text/plain.ts';
import { replayOperation } from '../../pipeline/replay-assessment/operations.ts';
import type { Replayed } from '../../pipeline/replay-assessment/replay-assessment.ts';
import { withHome } from '../compose/home.ts';
import { EXIT } from '../exit-codes.ts';
import { type End, type Io, print, printJson } from '../io.ts';
import { type CommonOptions, withCommon } from '../options.ts';

const MOST_DIFFERENCES = 20;

/** `replay ASSESSMENT`: compute it again and compare. */
export function replayCommand(io: Io, end: End): Command {
  return withCommon(new Command('replay'))
    .description('compute an assessment again from what is stored, and compare')
    .argument('<assessment>', 'the identity of an assessment, or the beginning of it')
    .addHelpText('after', '\nExit codes: 0 identical, 1 different, 70 evidence is missing or altered.')
    .action(async (name: string, { as, data, home, json }: CommonOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const replayed = await operate(replayOperation, { assessment: name });
        if (json === true) printJson(io, replayed);
        else print(io, render(replayed));
        end(replayed.outcome === 'identical' ? 0 : EXIT['no-go']);
      });
    });
}

function render({ assessment, outcome, rulesVersion, verdict, differences }: Replayed): string {
  if (outcome === 'identical')
    return `identical  ${assessment}\nThe same inputs gave the same bytes: ${verdict.recorded}.`;
  const why =
    rulesVersion.recorded === rulesVersion.replayed
      ? 'The same rules version gave another result: that is a defect, please report it.'
      : `Made by rules version ${rulesVersion.recorded}, judged again by ${rulesVersion.replayed}.`;
  const lines = differences
    .slice(0, MOST_DIFFERENCES)
    .map(({ path, recorded, replayed }) => plainLine(`  ${path}: ${brief(recorded)} → ${brief(replayed)}`));
  const rest = differences.length - lines.length;
  return [
    `different  ${assessment}`,
    why,
    `Verdict: recorded ${verdict.recorded}, replayed ${verdict.replayed}`,
    ...lines,
    ...(rest > 0 ? [`  … and ${counted(rest, 'more difference')}`] : []),
  ].join('\n');
}

function brief(value: unknown): string {
  const text = value === undefined ? 'absent' : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
