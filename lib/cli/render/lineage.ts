/** Families as a person reads them. */
import { type Digest, shortDigest } from '../../core/image/digest.ts';
import { findingsText } from '../../core/lineage/advice.ts';
import type { Approval } from '../../core/lineage/approval.ts';
import type { Base } from '../../core/lineage/lineage.ts';
import type { Finding } from '../../core/matching/finding.ts';
import { counted, plainLine } from '../../core/text/plain.ts';
import type { KnownBase } from '../../pipeline/lineage/known-bases.ts';
import type { BaseOverview } from '../../pipeline/lineage/read-bases.ts';
import type { FamilyTree, Member, Tree } from '../../pipeline/lineage/read-tree.ts';
import type { Colours } from './colours.ts';
import { table } from './table.ts';

export interface ListedBase extends KnownBase {
  readonly newest: Base['newest'];
}

export const BASES_HEAD = [
  'BASE',
  'PLATFORM',
  'MADE',
  'APPROVED FOR',
  'UNTIL',
  'BY',
  'NEWEST BUILD',
  'DIGEST',
] as const;

export function baseRow({ facts, names, approval, newest }: ListedBase, at: string): readonly string[] {
  return [
    namesText(names),
    facts.platform,
    dateText(facts.created),
    approvalText(approval, at),
    approval === null ? '-' : `${approval.until.slice(0, 16).replace('T', ' ')} UTC`,
    approval === null ? '-' : plainLine(approval.by),
    newestText(newest),
    shortDigest(facts.image),
  ];
}

const OVERVIEW_HEAD = [
  'BASE',
  'MADE',
  'IMAGES',
  'PLACEMENTS',
  'STAGES',
  'OWNERS',
  'SCORE',
  'APPROVED FOR',
  'A NEWER BUILD',
];

/** One line for each base. */
export function overviewTable(bases: readonly BaseOverview[], at: string, colours: Colours): string {
  const rows = bases.map((base) => [
    namesText(base.names, base.facts.image),
    dateText(base.facts.created),
    String(distinct(base.clones.map(({ placement }) => placement.digest)).length),
    String(distinct(base.clones.map(({ placement }) => `${placement.repository}@${placement.digest}`)).length),
    base.stages.length === 0 ? '-' : base.stages.join(', '),
    base.owners.length === 0 ? '-' : plainLine(base.owners.join(', ')),
    base.score === null ? '-' : base.score.toFixed(1),
    approvalText(base.approval, at),
    newerText(base),
  ]);
  return [...table([OVERVIEW_HEAD.map(colours.faint), ...rows]), '', counted(bases.length, 'base')].join('\n');
}

/** One base whole: each of its vulnerabilities once, then all that is built on it. */
export function overviewText(base: BaseOverview, at: string, colours: Colours): string {
  const { facts, clones, findings } = base;
  const found = (findings ?? []).map((finding) => findingRow(finding, colours));
  const built = clones.map(({ placement, tags, stage, verdict }) => [
    colours.verdict(verdict, verdict),
    plainLine(tags.length === 0 ? placement.repository : `${placement.repository}:${tags.join(',')}`),
    stage,
    shortDigest(placement.digest),
  ]);
  return [
    `${colours.bold(namesText(base.names, facts.image))}  ${facts.platform}  ${counted(facts.layers, 'layer')}, made ${dateText(facts.created)}`,
    colours.faint(`  ${facts.image}`),
    `  approved for: ${approvalText(base.approval, at)}; a newer build: ${newerText(base)}`,
    '',
    colours.bold(
      findings === null ? 'Findings: not known, its SBOM is not held' : `Findings (${findingsText(findings)})`,
    ),
    ...table(found, '  '),
    '',
    colours.bold(`Built on it (${counted(clones.length, 'verdict')})`),
    ...(built.length === 0 ? ['  nothing that is on the board'] : table(built, '  ')),
  ].join('\n');
}

function findingRow({ vulnerability, severity, package: one, fixedIn, kev }: Finding, colours: Colours): string[] {
  return [
    plainLine(vulnerability),
    colours.severity(severity, severity),
    plainLine(`${one.name} ${one.version}`),
    fixedIn === null ? 'no fix is known' : plainLine(`fixed in ${fixedIn}`),
    kev === null ? '' : colours.bad('known exploited'),
  ];
}

/** From the farthest base down to the last clone. */
export function treeText({ bases, image, complete }: FamilyTree, colours: Colours): string {
  const above = [...bases].reverse().map((base) => member(base, colours));
  const own = `${member(image, colours)}  ${colours.bold('<- this image')}`;
  const lines = [...above, own].map((text, depth) => (depth === 0 ? text : `${indent(depth - 1)}└─ ${text}`));
  return [
    ...lines,
    ...cloneLines(image.clones, indent(above.length), colours),
    ...(bases.length === 0 ? ['', 'No base of it is known: no other image here has its first layers.'] : []),
    ...(image.clones.length === 0 ? ['', 'Nothing is built on it.'] : []),
    ...(complete ? [] : ['', 'It has more clones than are shown: cavendish lineage export']),
  ].join('\n');
}

function indent(depth: number): string {
  return '   '.repeat(depth);
}

function cloneLines(clones: readonly Tree[], before: string, colours: Colours): readonly string[] {
  return clones.flatMap((clone, at) => {
    const last = at === clones.length - 1;
    return [
      `${before}${last ? '└─' : '├─'} ${member(clone, colours)}`,
      ...cloneLines(clone.clones, `${before}${last ? '   ' : '│  '}`, colours),
    ];
  });
}

function member({ facts, names, standing }: Member, colours: Colours): string {
  const verdicts = standing.map(({ verdict, stage }) => `${colours.verdict(verdict, verdict)} for ${stage}`);
  return [
    namesText(names, facts.image),
    colours.faint(`${shortDigest(facts.image)}, ${counted(facts.layers, 'layer')}, made ${dateText(facts.created)}`),
    ...distinct(verdicts),
  ].join('  ');
}

/** Names that are shown; an image may have hundreds. */
const MOST_NAMES = 3;

function namesText(names: readonly string[], image?: Digest): string {
  if (names.length === 0) return image === undefined ? '-' : `(no name) ${shortDigest(image)}`;
  const more = names.length - MOST_NAMES;
  return plainLine(`${names.slice(0, MOST_NAMES).join(', ')}${more > 0 ? ` and ${String(more)} more` : ''}`);
}

function dateText(created: string | null): string {
  return created === null ? 'on a day that it does not say' : created.slice(0, 10);
}

function approvalText(approval: Approval | null, at: string): string {
  if (approval === null) return 'nothing';
  return `${approval.stages.join(', ')}${approval.until <= at ? ' (ended)' : ''}`;
}

function newestText(newest: Base['newest']): string {
  return newest === null ? 'is this' : plainLine(`${newest.name} of ${dateText(newest.created)}`);
}

function newerText({ newest, changes }: BaseOverview): string {
  if (newest === null) return 'none is known';
  if (changes === null) return `${newestText(newest)}; what it changes is not known: its SBOM is not held`;
  return `${newestText(newest)} removes ${findingsText(changes.removed)}, adds ${findingsText(changes.added)}`;
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
