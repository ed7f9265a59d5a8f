import { Command } from 'commander';

import { type Digest, shortDigest } from '../../core/image/digest.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import type { Current } from '../../core/register/current.ts';
import { placementPartition } from '../../core/register/keys.ts';
import { readDocument } from '../../pipeline/judge-image/read-document.ts';
import { findPlacement } from '../../pipeline/read-board/find-placement.ts';
import { readHistory } from '../../pipeline/read-board/read-history.ts';
import { type AnyHome, withHome } from '../compose/home.ts';
import { documentOf } from '../document.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, withCommon } from '../options.ts';
import { coloursFor } from '../render/colours.ts';
import { table } from '../render/table.ts';
import { renderVerdict } from '../render/verdict.ts';

/** `show IMAGE`: one placement with reasons, findings, gaps and history. */
export function showCommand(io: Io): Command {
  return withCommon(new Command('show'))
    .description('one image: verdict, reasons, every finding, gaps and history')
    .argument('<image>', 'repository:tag, repository@digest, a digest or the beginning of one')
    .action(async (image: string, { data, home, json }: CommonOptions) => {
      await withHome({ home, data, as: 'read' }, io, async (opened) => {
        const found = await findPlacement(image, opened.register);
        const shown = await Promise.all(found.map((current) => read(current, opened)));
        if (json === true) printJson(io, shown.length === 1 ? jsonOf(shown[0]) : shown.map(jsonOf));
        else print(io, shown.map((one) => render(one, io)).join('\n\n'));
      });
    });
}

interface Shown {
  readonly current: Current;
  readonly assessment: Assessment;
  readonly history: readonly { readonly at: string; readonly assessment: Digest; readonly verdict: string }[];
}

async function read(current: Current, { register, evidence }: AnyHome): Promise<Shown> {
  const assessment = await readDocument<Assessment>(evidence, current.assessment, 'assessment');
  return { current, assessment, history: await readHistory(register, placementPartition(current.placement)) };
}

function jsonOf(shown: Shown | undefined) {
  if (shown === undefined) return null;
  const { assessment, current, history } = shown;
  return { ...documentOf(assessment, current.assessment), tags: current.tags, history };
}

function render({ current, assessment, history }: Shown, io: Io): string {
  const colours = coloursFor(io.stdout);
  const rows = history.map(({ at, verdict, assessment: id }) => [
    `${at.slice(0, 19).replace('T', ' ')} UTC`,
    verdict,
    shortDigest(id),
  ]);
  return [
    ...renderVerdict(assessment, { colours, most: Number.POSITIVE_INFINITY }),
    '',
    colours.bold('History'),
    ...table(rows, '  '),
    '',
    `Tags: ${current.tags.length === 0 ? 'none' : current.tags.join(', ')}   Assessment: ${current.assessment}`,
    `Replay it: cavendish replay ${shortDigest(current.assessment)}`,
  ].join('\n');
}
