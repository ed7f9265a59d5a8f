import { Command } from 'commander';

import { shortDigest } from '../../core/image/digest.ts';
import type { Current } from '../../core/register/current.ts';
import { counted } from '../../core/text/plain.ts';
import { readBoard } from '../../pipeline/read-board/read-board.ts';
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
      'also images whose every tag has gone to another image, and those that the registry no longer holds',
    )
    .action(async ({ data, home, json, all = false }: ImagesOptions) => {
      await withHome({ home, data, as: 'read' }, io, async ({ kind, register }) => {
        const board = await readBoard(register, { all });
        if (json === true) printJson(io, board.flatMap(rowsOf));
        else print(io, board.length === 0 ? NOTHING[kind] : render(board, io));
      });
    });
}

/** One row for each tag; one without a tag for an image that has none. */
function rowsOf({
  placement,
  tags,
  platform,
  stage,
  verdict,
  blocking,
  score,
  at,
  assessment,
  superseded,
  gone,
}: Current) {
  const names = tags.length === 0 ? [null] : tags;
  return names.map((tag) => ({
    placement,
    tag,
    platform,
    stage,
    verdict,
    blocking,
    score,
    at,
    assessment,
    superseded,
    gone,
  }));
}

function remarkOn({ tag, superseded, gone }: Pick<Current, 'superseded' | 'gone'> & { readonly tag: string | null }) {
  if (gone !== null) return ` (${gone.why})`;
  if (tag !== null) return '';
  return superseded ? ' (replaced)' : ' (no tag)';
}

function render(board: readonly Current[], io: Io): string {
  const colours = coloursFor(io.stdout);
  const head = ['VERDICT', 'IMAGE', 'PLATFORM', 'STAGE', 'SCORE', 'JUDGED AS OF', 'DIGEST'].map(colours.faint);
  const rows = board
    .flatMap(rowsOf)
    .map(({ placement, tag, platform, stage, verdict, score, at, superseded, gone }) => [
      colours.verdict(verdict, verdict),
      `${placement.repository}${tag === null ? '' : `:${tag}`}${remarkOn({ tag, superseded, gone })}`,
      platform,
      stage,
      score.open === null ? '-' : score.open.toFixed(1),
      `${at.slice(0, 16).replace('T', ' ')} UTC`,
      shortDigest(placement.digest),
    ]);
  return [...table([head, ...rows]), '', counted(board.length, 'image')].join('\n');
}
