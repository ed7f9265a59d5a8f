/** The verdict as a person wants to read it: the answer, why, the worst of it, what is not known. */
import { shortDigest } from '../../core/image/digest.ts';
import { platformName } from '../../core/image/platform.ts';
import { type Base, baseOf, nameOf } from '../../core/lineage/lineage.ts';
import { type Finding, SEVERITIES } from '../../core/matching/finding.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import { worstFirst } from '../../core/register/worst-first.ts';
import { hidesFindings } from '../../core/risks/coverage.ts';
import { counted, plainLine } from '../../core/text/plain.ts';
import type { Colours } from './colours.ts';
import { endsOf, exceptedText, exceptionLines } from './exceptions.ts';
import { agreementText, foundByText, opinionLines } from './opinions.ts';
import { table } from './table.ts';

interface Options {
  readonly colours: Colours;
  /** How many findings are shown; the rest are counted. */
  readonly most: number;
  /** Said after the instant of judgement. */
  readonly remark?: string;
}

/** At most so many gaps of one kind are listed. */
const MOST_GAPS = 5;

export function renderVerdict(assessment: Assessment, options: Options): readonly string[] {
  const { colours } = options;
  return [
    ...headline(assessment, options),
    '',
    ...table([...figures(assessment)], '  '),
    ...titled(colours, 'Criteria broken', reasons(assessment, colours)),
    ...titled(colours, findingsTitle(assessment, options), findings(assessment, options)),
    ...titled(colours, 'Other scanners', opinionLines(assessment, colours)),
    ...titled(colours, 'Exceptions', exceptionLines(assessment, colours)),
    ...titled(colours, 'Gaps', gaps(assessment, colours)),
    ...titled(colours, 'Feeds', feeds(assessment)),
  ];
}

function headline(assessment: Assessment, { colours, remark }: Options): readonly string[] {
  const { verdict, image, stage, at, blocking } = assessment;
  const answer = colours.verdict(verdict, ` ${verdict.toUpperCase()} `);
  const stops = verdict === 'go' || blocking ? '' : '; the stage only observes, nothing is stopped';
  return [
    `${answer} ${colours.bold(plainLine(image.reference))}  ${platformName(image.platform)}  for ${colours.bold(stage)}${plainLine(stageOrigin(assessment))}${stops}`,
    colours.faint(
      `  judged as of ${at.slice(0, 10)} ${at.slice(11, 19)} UTC${remark === undefined ? '' : `, ${remark}`}`,
    ),
    colours.faint(`  ${image.digest}`),
  ];
}

/** Why it is judged for that stage; nothing where that was asked for. */
function stageOrigin({ stageFrom, asset, inputs }: Assessment): string {
  switch (stageFrom) {
    case 'given':
      return '';
    case 'asset':
      return ` (asset ${asset?.id ?? ''}, owner ${asset?.owner ?? ''})`;
    case 'sighted':
      return ` (it runs there${asset === null ? '' : `; asset ${asset.id}, owner ${asset.owner}`})`;
    case 'default':
      return inputs.repository === null
        ? ' (no repository is given: the default stage)'
        : ' (no asset names this repository: the default stage)';
  }
}

function figures(assessment: Assessment): readonly (readonly string[])[] {
  const { score, counts, findings: found } = assessment;
  if (score.open === null) {
    const why = 'not known: inventory or advisories are missing';
    return [
      ['Score', why],
      ['Vulnerabilities', found.length === 0 ? why : vulnerabilities(counts, found)],
    ];
  }
  const least = isPartial(assessment) ? 'at least ' : '';
  return [
    [
      'Score',
      `${least}${score.open.toFixed(1)} of 100 open (inherent ${figure(score.inherent)}, residual ${figure(score.residual)})`,
    ],
    [
      'Vulnerabilities',
      `${least}${vulnerabilities(counts, found)}${exceptedText(assessment)}${agreementText(assessment)}`,
    ],
    ...whose(assessment),
  ];
}

/** Whose they are; nothing where no base is known: then all are its own. */
function whose({ split, inputs }: Assessment): readonly (readonly string[])[] {
  const base = baseOf(inputs.lineage);
  if (base === null) return [];
  const shareText = ({ counts, score }: Assessment['split']['own']): string =>
    `${String(Object.values(counts).reduce((sum, count) => sum + count, 0))} (score ${figure(score.open)})`;
  const name = baseName(base);
  return [['Whose', `own: ${shareText(split.own)}; inherited: ${shareText(split.inherited)}; built on ${name}`]];
}

function baseName(base: Base): string {
  const name = nameOf(base);
  return name === '' ? shortDigest(base.image) : plainLine(name);
}

function vulnerabilities(counts: Assessment['counts'], found: readonly Finding[]): string {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (total === 0) return '0';
  const fixable = new Set(found.filter(({ fixedIn }) => fixedIn !== null).map(({ vulnerability }) => vulnerability))
    .size;
  const bySeverity = SEVERITIES.filter((severity) => severity !== 'none' || counts.none > 0)
    .map((severity) => `${String(counts[severity])} ${severity}`)
    .join(', ');
  return `${String(total)}: ${bySeverity}; ${String(fixable)} with a fix`;
}

/** There may be more findings behind its gaps. */
function isPartial({ gaps: all }: Assessment): boolean {
  return all.some(({ kind }) => hidesFindings(kind));
}

function figure(score: number | null): string {
  return score === null ? 'none' : score.toFixed(1);
}

function reasons({ reasons: broken }: Assessment, colours: Colours): readonly string[] {
  return broken.map(({ criterion, message }) => `  ${colours.bad('✗')} ${criterion}: ${plainLine(message)}`);
}

function findingsTitle({ findings: found }: Assessment, { most }: Options): string {
  return found.length > most ? `Worst findings (${String(most)} of ${String(found.length)})` : 'Findings';
}

function findings(
  { findings: found, inputs, opinions = [] }: Assessment,
  { colours, most }: Options,
): readonly string[] {
  if (found.length === 0) return [];
  const { bases } = inputs.lineage;
  const named = new Map(bases.map((base) => [base.image, baseName(base)]));
  const origin = ({ inheritedFrom }: Finding): readonly string[] =>
    bases.length === 0 ? [] : [inheritedFrom === null ? 'own' : (named.get(inheritedFrom) ?? '')];
  const head = ['VULNERABILITY', 'SEVERITY', 'PACKAGE', 'VERSION', 'FIXED IN', 'CVSS', 'EPSS', 'KEV', 'DUE'];
  if (bases.length > 0) head.push('FROM');
  if (opinions.length > 0) head.push('ALSO FOUND BY');
  const isExcepted = found.some(({ exceptions }) => exceptions.length > 0);
  if (isExcepted) head.push('EXCEPTED UNTIL');
  const rows = worstFirst(found)
    .slice(0, most)
    .map((finding) => [
      ...row(finding, colours),
      ...origin(finding),
      ...(opinions.length > 0 ? [foundByText(finding)] : []),
      ...(isExcepted ? [endsOf(finding)] : []),
    ]);
  return table([head.map((cell) => colours.faint(cell)), ...rows], '  ');
}

function row(finding: Finding, colours: Colours): readonly string[] {
  const { vulnerability, disputed, severity, package: found, fixedIn, cvss, epss, kev, due } = finding;
  return [
    plainLine(disputed === null ? vulnerability : `${vulnerability} (${disputed})`),
    colours.severity(severity, severity),
    plainLine(found.name),
    plainLine(found.version),
    fixedIn === null ? '-' : plainLine(fixedIn),
    cvss === null ? '-' : cvss.score.toFixed(1),
    epss === null ? '-' : `${(epss.score * 100).toFixed(2)}%`,
    kev === null ? '-' : colours.bad(kev.ransomware ? 'ransomware' : 'yes'),
    due === null ? '-' : due.slice(0, 10),
  ];
}

function gaps({ gaps: all }: Assessment, colours: Colours): readonly string[] {
  const kinds = [...new Set(all.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const same = all.filter((gap) => gap.kind === kind);
    const lines = same
      .slice(0, MOST_GAPS)
      .map(({ message, tolerated }) =>
        tolerated
          ? colours.faint(`  · ${kind}: ${plainLine(message)} (tolerated for this stage)`)
          : `  ${colours.doubt('?')} ${kind}: ${plainLine(message)}`,
      );
    return same.length > MOST_GAPS
      ? [...lines, `    … and ${counted(same.length - MOST_GAPS, 'more gap')} of this kind`]
      : lines;
  });
}

function feeds({ feeds: used, at }: Assessment): readonly string[] {
  if (used.length === 0) return ['  none is held: cavendish feeds import PATH'];
  return table(
    used.map(({ id, date, count, modelVersion }) => [
      id,
      counted(count, 'record'),
      `of ${date.slice(0, 10)}`,
      ageText(date, at),
      modelVersion === null ? '' : `model ${modelVersion}`,
    ]),
    '  ',
  );
}

/** The age of a feed in whole days at the instant of judgement. */
function ageText(date: string, at: string): string {
  const days = Math.floor((Date.parse(at) - Date.parse(date)) / 86_400_000);
  return days < 0 ? 'dated later than this judgement' : `${counted(days, 'day')} old`;
}

function titled(colours: Colours, title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', colours.bold(title), ...lines];
}
