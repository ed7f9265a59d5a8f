/** Risks as people read them at a terminal. */
import { placementName } from '../../core/image/placement.ts';
import type { RiskChange } from '../../core/risks/change.ts';
import type { PlacedRisk } from '../../core/risks/placed-risk.ts';
import { type Actor, isLate, ownerOf, type Risk } from '../../core/risks/risk.ts';
import { counted, plainLine } from '../../core/text/plain.ts';
import type { Io } from '../io.ts';
import { coloursFor } from './colours.ts';
import { table } from './table.ts';

const HEAD = ['RISK', 'ASSET', 'WHAT', 'SEVERITY', 'SCORE', 'OWNER', 'TREATMENT', 'STATE'];
const LONGEST = 60;

export function listText(risks: readonly Risk[], next: string | null, io: Io): string {
  if (risks.length === 0 && next === null)
    return 'No risk fits. What was judged is here once it was folded in; all of it: --state any';
  const colours = coloursFor(io.stdout);
  const at = io.now().toISOString();
  const rows = risks.map((risk) => [
    risk.id,
    ...[risk.asset, whatOf(risk)].map(cell),
    colours.severity(risk.severity, risk.severity),
    scoreOf(risk),
    cell(ownerOf(risk)),
    cell(treatmentOf(risk, at)),
    risk.state,
  ]);
  return [
    ...table([HEAD.map(colours.faint), ...rows]),
    '',
    counted(risks.length, 'risk'),
    ...(next === null ? [] : [`more: --after '${plainLine(next)}'`]),
  ].join('\n');
}

interface Shown {
  readonly risk: Risk;
  readonly placements: readonly PlacedRisk[];
  readonly morePlacements: number;
}

export function riskText({ risk, placements, morePlacements }: Shown, io: Io): string {
  const { scores, firstSeen, lastSeen, closed } = risk;
  const figures = `likelihood ${share(scores.likelihood)}, impact ${share(scores.impact)}`;
  const lines = [
    `${risk.id}  ${risk.state}  ${risk.severity}`,
    whatOf(risk),
    risk.title,
    '',
    `asset      ${risk.asset}`,
    `owner      ${ownerOf(risk)}${risk.owner === null ? ' (of the asset)' : ''}`,
    `stages     ${risk.stages.join(', ')}`,
    ...(risk.bases.length > 0 ? [`bases      ${risk.bases.join(', ')}`] : []),
    ...(risk.aliases.length > 0 ? [`aliases    ${risk.aliases.join(', ')}`] : []),
    ...(risk.fixedIn === null ? [] : [`fixed in   ${risk.fixedIn}`]),
    `score      ${scoreOf(risk)} inherent, ${(scores.residual * 100).toFixed(1)} residual (${figures})`,
    `treatment  ${treatmentOf(risk, io.now().toISOString())}${risk.treatment.why === null ? '' : `: ${risk.treatment.why}`}`,
    ...risk.controls.map((control) => `control    ${control}`),
    `seen       since ${minute(firstSeen)}${lastSeen === null ? '' : `, last ${minute(lastSeen)}`}${risk.reopened > 0 ? `, came back ${counted(risk.reopened, 'time')}` : ''}`,
    ...(closed === null ? [] : [`closed     ${minute(closed.at)} ${closed.how}: ${closed.why}`]),
    ...((closed?.evidence ?? null) === null ? [] : [`evidence   ${closed?.evidence ?? ''}`]),
    ...(risk.mergedInto === null ? [] : [`merged     into ${risk.mergedInto}`]),
    ...(risk.absorbed.length === 0 ? [] : [`absorbed   ${risk.absorbed.join(', ')}`]),
    '',
    ...placements.map(placedLine),
    ...(morePlacements > 0 ? [`and ${counted(morePlacements, 'placement')} more`] : []),
  ];
  return lines.map(plainLine).join('\n');
}

export function historyText(changes: readonly RiskChange[]): string {
  return changes
    .map(({ at, what, by, why }) => `${minute(at)}  ${what}  by ${actorName(by)}${why === null ? '' : `: ${why}`}`)
    .map(plainLine)
    .join('\n');
}

export function changedText(risk: Risk): string {
  const treatment = risk.treatment.kind === 'none' ? 'not treated' : risk.treatment.kind;
  return plainLine(`${risk.id}  ${risk.state}, ${treatment}, carried by ${ownerOf(risk)}: ${risk.title}`);
}

/** `CVE-2026-0001 in perl`, or what a person called it. */
export function whatOf({ vulnerability, package: found, title }: Risk): string {
  return vulnerability === null || found === null ? title : `${vulnerability} in ${found.source}`;
}

export function actorName(by: Actor | null): string {
  if (by === null) return 'Cavendish';
  return by.person === null ? by.principal : `${by.person} (${by.principal})`;
}

function treatmentOf(risk: Risk, at: string): string {
  const { kind, due, exception } = risk.treatment;
  if (kind === 'mitigate' && due !== null) return `mitigate by ${minute(due)}${isLate(risk, at) ? ' (late)' : ''}`;
  return exception === null ? kind : `${kind} by ${exception}`;
}

function placedLine({ placement, stage, cleared }: PlacedRisk): string {
  const name = `${placementName(placement)} for ${stage}`;
  return cleared === null ? `in ${name}` : `no longer in ${name}: ${cleared.why} (${minute(cleared.at)})`;
}

function cell(text: string): string {
  const line = plainLine(text);
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 3)}...` : line;
}

function scoreOf({ scores }: Risk): string {
  return (scores.inherent * 100).toFixed(1);
}

function share(figure: number): string {
  return figure.toFixed(3);
}

function minute(at: string): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`;
}
