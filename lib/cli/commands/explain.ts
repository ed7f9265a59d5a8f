import { Command } from 'commander';

import { explainOperation } from '../../pipeline/read-board/explain.ts';
import { withHome } from '../compose/home.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, withCommon } from '../options.ts';
import { coloursFor } from '../render/colours.ts';
import { renderExplanation } from '../render/explanation.ts';

interface ExplainOptions extends CommonOptions {
  readonly package?: string;
}

/** `explain IMAGE VULNERABILITY`: the records, the ranges and the comparisons by which a package has it or not. */
export function explainCommand(io: Io): Command {
  return withCommon(new Command('explain'))
    .description('why an image has a vulnerability or not: records, ranges, what was compared, exceptions')
    .argument('<image>', 'repository:tag, repository@digest, a digest or the beginning of one')
    .argument('<vulnerability>', 'CVE-2026-1234, another of its names, or the id of an advisory')
    .option('--package <name>', 'of this package alone: its name, its source package, or its package URL')
    .action(async (image: string, vulnerability: string, { as, data, home, json, package: name }: ExplainOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const explained = await operate(explainOperation, { image, vulnerability, package: name ?? null });
        if (json === true) printJson(io, explained.length === 1 ? explained[0] : explained);
        else print(io, explained.map((one) => renderExplanation(one, coloursFor(io.stdout))).join('\n\n'));
      });
    });
}
