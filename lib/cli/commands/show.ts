import { Command } from 'commander';

import { type Digest, shortDigest } from '../../core/image/digest.ts';
import { type Advice, adviceLine } from '../../core/lineage/advice.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import type { Current } from '../../core/register/current.ts';
import { placementPartition } from '../../core/register/keys.ts';
import { isRunning, type Sighting } from '../../core/sightings/sighting.ts';
import { runsInProduction } from '../../core/sightings/standing.ts';
import { counted, plainLine } from '../../core/text/plain.ts';
import type { Advise } from '../../pipeline/announce/read-owed.ts';
import { readAssessment } from '../../pipeline/judge-image/read-assessment.ts';
import { adviser } from '../../pipeline/lineage/advise.ts';
import { findPlacement } from '../../pipeline/read-board/find-placement.ts';
import { readHistory } from '../../pipeline/read-board/read-history.ts';
import {
  compareOpinion,
  type Comparison,
  type Opinion,
  readOpinions,
} from '../../pipeline/second-opinion/take-opinion.ts';
import { sightingsOf } from '../../pipeline/sightings/running.ts';
import type { AnyHome } from '../compose/any-home.ts';
import { withHome } from '../compose/home.ts';
import { adviceDocument, documentOf } from '../document.ts';
import { type Io, print, printJson } from '../io.ts';
import { type CommonOptions, withCommon } from '../options.ts';
import { coloursFor } from '../render/colours.ts';
import { sightingLine } from '../render/sighting.ts';
import { table } from '../render/table.ts';
import { renderVerdict } from '../render/verdict.ts';

/** `show IMAGE`: one placement with reasons, findings, gaps and history. */
export function showCommand(io: Io): Command {
  return withCommon(new Command('show'))
    .description('one image: verdict, reasons, every finding, gaps and history')
    .argument('<image>', 'repository:tag, repository@digest, a digest or the beginning of one')
    .action(async (image: string, { as, data, home, json }: CommonOptions) => {
      await withHome({ home, data, as }, io, async (opened) => {
        const advise = adviser(io.now().toISOString(), opened);
        const found = await findPlacement(image, opened.register);
        const shown = await Promise.all(found.map((current) => read(current, opened, advise)));
        if (json === true) printJson(io, shown.length === 1 ? jsonOf(shown[0]) : shown.map(jsonOf));
        else print(io, shown.map((one) => render(one, io)).join('\n\n'));
      });
    });
}

/** What another scanner says, held against the assessment. */
type SecondOpinion = Omit<Opinion, 'report'> & Comparison;

interface Shown {
  readonly current: Current;
  readonly assessment: Assessment;
  readonly opinions: readonly SecondOpinion[];
  readonly sightings: readonly Sighting[];
  /** On its base; null where there is nothing to say. */
  readonly advice: Advice | null;
  readonly history: readonly { readonly at: string; readonly assessment: Digest; readonly verdict: string }[];
}

async function read(current: Current, { register, evidence }: AnyHome, advise: Advise): Promise<Shown> {
  const { placement } = current;
  const assessment = await readAssessment(evidence, current.assessment);
  const opinions = await Promise.all(
    (await readOpinions(placement, register)).map(async ({ report, ...opinion }) => ({
      ...opinion,
      ...(await compareOpinion({ report }, assessment, evidence)),
    })),
  );
  const [sightings, history, advice] = await Promise.all([
    sightingsOf(placement.digest, register),
    readHistory(register, placementPartition(placement)),
    advise(assessment),
  ]);
  return { current, assessment, opinions, sightings, history, advice };
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
    ...(opinions.length === 0 ? [] : ['', colours.bold('Second opinions (they change no verdict)')]),
    ...opinions.flatMap(opinionLines),
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

const MOST_NAMES = 10;

function opinionLines({ scanner, state, said, completedAt, counts, both, onlyTheirs, onlyOurs }: SecondOpinion) {
  if (state === 'none') return [`  ${scanner}  no opinion, which is not "clean": ${plainLine(said)}`];
  const severities = Object.entries(counts).map(([severity, count]) => `${String(count)} ${severity.toLowerCase()}`);
  return [
    `  ${scanner}  of ${completedAt?.slice(0, 16) ?? '?'}Z: ${severities.length === 0 ? 'nothing found' : severities.join(', ')}`,
    `    ${counted(both, 'vulnerability', 'vulnerabilities')} found by both`,
    `    only by ${scanner}: ${named(onlyTheirs)}`,
    `    only by Cavendish: ${named(onlyOurs)}`,
  ].map(plainLine);
}

function named(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const rest = names.length - MOST_NAMES;
  return `${names.slice(0, MOST_NAMES).join(', ')}${rest > 0 ? ` and ${String(rest)} more` : ''}`;
}
