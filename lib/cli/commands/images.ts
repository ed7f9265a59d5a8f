import { Command } from 'commander';

import { shortDigest } from '../../core/image/digest.ts';
import { counted } from '../../core/text/plain.ts';
import { everyRow } from '../../pipeline/operations/every-row.ts';
import { type BoardRow, imagesOperation } from '../../pipeline/read-board/operations.ts';
import { withHome } from '../compose/home.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, withCommon } from '../options.ts';
import { coloursFor } from '../render/colours.ts';
import { table } from '../render/table.ts';

interface ImagesOptions extends CommonOptions {
  readonly all?: boolean;
}

const NOTHING = {
  laptop: 'Nothing has been judged yet. Push an image to the registry that `cavendish up` prints.',
  aws: 'Nothing has been judged yet. Push an image to ECR; if it does not appear in a few minutes: cavendish doctor',
} as const;

/** `images`: the board. */
export function imagesCommand(io: Io): Command {
  return withCommon(new Command('images'))
    .description('the board: the current verdict of each image')
    .option(
      '--all',
      'also what no longer runs of images whose every tag has gone to another image, or that the registry no longer holds',
    )
    .action(async ({ as, data, home, json, all = false }: ImagesOptions) => {
      await withHome({ home, data, as }, io, async ({ kind, operate }) => {
        const board = await everyRow((page) => operate(imagesOperation, { all, ...page }));
        const rows = board.flatMap(rowsOf);
        if (json === true) printJson(io, rows);
        else print(io, board.length === 0 ? NOTHING[kind] : render(rows, board.length, io));
      });
    });
}

/** One row for each tag; one without a tag for an image that has none. */
function rowsOf({ placement, tags, ...rest }: BoardRow) {
  const names = tags.length === 0 ? [null] : tags;
  return names.map((tag) => ({ placement, tag, ...rest }));
}

type Row = ReturnType<typeof rowsOf>[number];

function remarkOn({ tag, superseded, gone }: Row): string {
  if (gone !== null) return ` (${gone.why})`;
  if (tag !== null) return '';
  return superseded ? ' (replaced)' : ' (no tag)';
}

function placesOf({ runsIn: [first, ...more] }: Row): string {
  if (first === undefined) return '-';
  return more.length === 0 ? first.where : `${first.where} and ${String(more.length)} more`;
}

function render(rows: readonly Row[], images: number, io: Io): string {
  const colours = coloursFor(io.stdout);
  const head = ['VERDICT', 'IMAGE', 'PLATFORM', 'STAGE', 'SCORE', 'RUNS IN', 'JUDGED AS OF', 'DIGEST'].map(
    colours.faint,
  );
  const cells = rows.map((row) => [
    colours.verdict(row.verdict, row.verdict),
    `${row.placement.repository}${row.tag === null ? '' : `:${row.tag}`}${remarkOn(row)}`,
    row.platform,
    row.sighted ? `${row.stage} (sighted)` : row.stage,
    row.score.open === null ? '-' : row.score.open.toFixed(1),
    placesOf(row),
    `${row.at.slice(0, 16).replace('T', ' ')} UTC`,
    shortDigest(row.placement.digest),
  ]);
  return [...table([head, ...cells]), '', counted(images, 'image')].join('\n');
}
