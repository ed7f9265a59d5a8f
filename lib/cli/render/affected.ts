/** Who is affected, as people read it. */
import { type Digest, shortDigest } from '../../core/image/digest.ts';
import { plainLine } from '../../core/text/plain.ts';
import type { Affected } from '../../pipeline/affected/affected.ts';
import type { AffectedPackage } from '../../pipeline/affected/part-in.ts';
import type { Colours } from './colours.ts';
import { table } from './table.ts';

const HEAD = ['VERDICT', 'IMAGE', 'STAGE', 'OWNER', 'RUNS IN', 'WHAT', 'FIX', 'FROM', 'WORST', 'DUE'];

export function affectedTable(rows: readonly Affected[], colours: Colours): readonly string[] {
  return table([
    HEAD.map(colours.faint),
    ...rows.map((row) => [
      colours.verdict(row.current.verdict, row.current.verdict),
      imageOf(row),
      row.current.sighted ? `${row.current.stage} (sighted)` : row.current.stage,
      plainLine(row.owner),
      placesOf(row),
      whatOf(row),
      fixOf(row),
      originOf(row),
      row.worst === null
        ? '-'
        : `${colours.severity(row.worst.severity, row.worst.severity)}${row.worst.kev ? ' KEV' : ''}`,
      row.worst?.due?.slice(0, 10) ?? '-',
    ]),
  ]);
}

function imageOf({ current: { placement, tags, gone } }: Affected): string {
  const [tag] = tags;
  const name =
    tag === undefined ? `${placement.repository}@${shortDigest(placement.digest)}` : `${placement.repository}:${tag}`;
  return gone === null ? name : `${name} (${gone.why})`;
}

function placesOf({ running: [first, ...more] }: Affected): string {
  if (first === undefined) return '-';
  return more.length === 0 ? first.where : `${first.where} and ${String(more.length)} more`;
}

function whatOf({ packages, base, vulnerabilities }: Affected): string {
  if (base !== null) return `${String(vulnerabilities)} inherited`;
  return firstOf(packages, ({ name, version }) => `${name} ${version}`);
}

function fixOf({ packages, base }: Affected): string {
  if (base !== null) return base.newest === null ? '-' : plainLine(base.newest.name);
  return firstOf(packages, ({ fixedIn }) => fixedIn ?? '-');
}

function originOf({ packages, base }: Affected): string {
  if (base !== null) return called(base);
  return firstOf(packages, ({ inheritedFrom }) => (inheritedFrom === null ? 'its own' : called(inheritedFrom)));
}

function called({ image, name }: { readonly image: Digest; readonly name: string }): string {
  return name === '' ? shortDigest(image) : plainLine(name);
}

/** Most have one answer; the rest is counted. */
function firstOf(packages: readonly AffectedPackage[], say: (one: AffectedPackage) => string): string {
  const [first, ...more] = [...new Set(packages.map(say))];
  if (first === undefined) return '-';
  return more.length === 0 ? plainLine(first) : `${plainLine(first)} and ${String(more.length)} more`;
}
