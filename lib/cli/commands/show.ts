import { Command } from 'commander';

import { shortDigest } from '../../core/image/digest.ts';
import { adviceLine } from '../../core/lineage/advice.ts';
import { isRunning } from '../../core/sightings/sighting.ts';
import { runsInProduction } from '../../core/sightings/standing.ts';
import { plainLine } from '../../core/text/plain.ts';
import { type Shown, showOperation } from '../../pipeline/read-board/show.ts';
import { withHome } from '../compose/home.ts';
import { adviceDocument, documentOf } from '../document.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, withCommon } from '../options.ts';
import { coloursFor } from '../render/colours.ts';
import { heldOpinionLines } from '../render/opinions.ts';
import { sightingLine } from '../render/sighting.ts';
import { table } from '../render/table.ts';
import { renderVerdict } from '../render/verdict.ts';

/** `show IMAGE`: one placement with reasons, findings, gaps and history. */
export function showCommand(io: Io): Command {
  return withCommon(new Command('show'))
    .description('one image: verdict, reasons, every finding, gaps and history')
    .argument('<image>', 'repository:tag, repository@digest, a digest or the beginning of one')
    .action(async (image: string, { as, data, home, json }: CommonOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const shown = await operate(showOperation, { image });
        if (json === true) printJson(io, shown.length === 1 ? jsonOf(shown[0]) : shown.map(jsonOf));
        else print(io, shown.map((one) => render(one, io)).join('\n\n'));
      });
    });
}

function jsonOf(shown: Shown | undefined) {
  if (shown === undefined) return null;
  const { assessment, current, history, sightings, advice, opinions: secondOpinions } = shown;
  const { tags, gone } = current;
  return {
    ...documentOf(assessment, current.assessment),
    ...{ tags, history, gone, sightings, secondOpinions },
    baseAdvice: adviceDocument(advice),
  };
}

function render({ current, assessment, history, sightings, opinions, advice }: Shown, io: Io): string {
  const colours = coloursFor(io.stdout);
  const rows = history.map(({ at, verdict, assessment: id }) => [
    `${at.slice(0, 19).replace('T', ' ')} UTC`,
    verdict,
    shortDigest(id),
  ]);
  return [
    ...renderVerdict(assessment, { colours, most: Number.POSITIVE_INFINITY }),
    ...(advice === null ? [] : ['', colours.bold('Base'), `  ${plainLine(adviceLine(advice))}`]),
    ...(opinions.length === 0 ? [] : ['', colours.bold('Opinions held')]),
    ...opinions.flatMap(heldOpinionLines),
    ...(sightings.length === 0 ? [] : ['', colours.bold('Sightings')]),
    ...sightings.map((sighting) => `  ${sightingLine(sighting)}`),
    ...(current.sighted && !runsInProduction(sightings.filter(isRunning))
      ? ['  It no longer runs in production: this verdict no longer counts.']
      : []),
    '',
    colours.bold('History'),
    ...table(rows, '  '),
    '',
    ...(current.gone === null
      ? []
      : [`The registry no longer gives it out: ${current.gone.why}, seen ${current.gone.at.slice(0, 16)}Z`]),
    `Tags: ${current.tags.length === 0 ? 'none' : current.tags.join(', ')}   Assessment: ${current.assessment}`,
    `Replay it: cavendish replay ${shortDigest(current.assessment)}`,
  ].join('\n');
}
