import { Command, Option } from 'commander';

import { plainLine } from '../../core/text/plain.ts';
import type { Affected } from '../../pipeline/affected/affected.ts';
import { type AffectedAnswer, affectedOperation, MOST_ASKED } from '../../pipeline/affected/operations.ts';
import { type Question, QUESTION_KINDS, type QuestionKind } from '../../pipeline/affected/question.ts';
import { withHome } from '../compose/home.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, readCount, withCommon } from '../options.ts';
import { affectedTable } from '../render/affected.ts';
import { coloursFor } from '../render/colours.ts';

interface AffectedOptions extends CommonOptions {
  readonly kind?: QuestionKind;
  readonly limit: number;
  readonly after?: string;
}

/** `affected CVE|PACKAGE|BASE`: which placements, stages and owners, what runs first. */
export function affectedCommand(io: Io): Command {
  return withCommon(new Command('affected'))
    .description('who is affected by a vulnerability, a package or a base image; what runs comes first')
    .argument('<what>', 'CVE-2026-1234, the name of a package, or a base image by name or digest')
    .addOption(new Option('--kind <kind>', 'what it is, where a name is of several things').choices(QUESTION_KINDS))
    .option('--limit <count>', 'rows at most', readCount, 100)
    .option('--after <row>', 'go on behind this row, as the page before said')
    .action(async (what: string, { as, data, home, json, kind, limit, after }: AffectedOptions) => {
      await withHome({ home, data, as }, io, async ({ operate }) => {
        const { question, rows, next } = await pagesOf(limit, after ?? null, (page) => {
          return operate(affectedOperation, { what, kind: kind ?? null, ...page });
        });
        if (json === true) printJson(io, { question, affected: rows.map(documentOf), next });
        else print(io, render(question, rows, next, io));
      });
    });
}

/** As many rows as were asked for, however many answers that takes. */
async function pagesOf(
  limit: number,
  from: string | null,
  ask: (page: { readonly limit: number; readonly after: string | null }) => Promise<AffectedAnswer>,
): Promise<AffectedAnswer> {
  const rows: Affected[] = [];
  let after = from;
  for (;;) {
    const answer = await ask({ limit: Math.min(limit - rows.length, MOST_ASKED), after });
    rows.push(...answer.rows);
    after = answer.next;
    if (after === null || rows.length >= limit) return { ...answer, rows };
  }
}

function documentOf({ current, running, ...part }: Affected) {
  const { placement, tags, platform, stage, sighted, asset, verdict, blocking, score, at, assessment } = current;
  const { gone, superseded } = current;
  const runsIn = running.map(({ where, environment, firstSeen }) => ({ where, environment, since: firstSeen }));
  return {
    ...{ placement, tags, platform, stage, sighted, asset, verdict, blocking, score, at, assessment, gone, superseded },
    ...{ runsIn, ...part },
  };
}

const NOTHING: Readonly<Record<QuestionKind, string>> = {
  vulnerability: 'No verdict that counts has it.',
  package: 'No image that counts has it.',
  base: 'No image that counts is built on it.',
};

function render(question: Question, rows: readonly Affected[], next: string | null, io: Io): string {
  const name = plainLine(question.name);
  if (rows.length === 0) {
    const unread = 'What could not be scanned, or what no feed answers for, is unknown: cavendish images';
    return `${name}: ${NOTHING[question.kind]}\n${unread}`;
  }
  const running = rows.filter((row) => row.running.length > 0).length;
  const owners = new Set(rows.map(({ owner }) => owner)).size;
  return [
    ...affectedTable(rows, coloursFor(io.stdout)),
    '',
    `${name}: ${String(rows.length)} affected, ${String(running)} running; owners: ${String(owners)}`,
    ...(next === null
      ? []
      : [`There may be more: cavendish affected ${name} --kind ${question.kind} --after '${next}'`]),
  ].join('\n');
}
