/**
 * Every CVSS figure that is held of a vulnerability, the one that counts first.
 *
 * Which one counts is a rule, and not the highest: the highest of many raters grows with their
 * number, and says more about who was asked than about the hole.
 *
 * 1. The CNA: it knows the product and answers for the record. Then CISA's enrichment, which fills
 *    in where the CNA gave nothing; then other enrichment; then the advisory, which often repeats
 *    one of them and may speak of several vulnerabilities.
 * 2. Of one source the newest version of the standard: 4.0, 3.1, 3.0.
 * 3. Of one source and version the highest: several vectors are several ways to exploit it.
 */
import type { CveRecord, OsvRecord, OsvSeverity } from '../advisories/records.ts';
import { type Cvss, SEVERITIES, type Severity } from '../matching/finding.ts';
import type { Match } from '../matching/match.ts';
import { orderOf } from '../versions/version.ts';
import { ratingOf } from './cvss.ts';

const CISA = 'adp:CISA-ADP';

/** @param cves - the records of the vulnerability, its own first, then those of its aliases */
export function ratingsOf({ records, package: found }: Match, cves: readonly CveRecord[]): readonly Cvss[] {
  const published = cves.flatMap(({ metrics }) => metrics.map(({ vector, source }) => ratingOf(vector, source)));
  const advised = records
    .filter(speaksOfOne)
    .flatMap((record) => severitiesOf(record, found).map(({ score }) => ratingOf(score, `osv:${record.id}`)));
  const held = [...published, ...advised].filter((rating) => rating !== null);
  const distinct = new Map(held.map((rating) => [`${rating.source} ${rating.vector}`, rating]));
  return [...distinct.values()].sort(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      orderOf(b.version, a.version) ||
      b.score - a.score ||
      orderOf(a.source, b.source) ||
      orderOf(a.vector, b.vector),
  );
}

/** Ubuntu's word for what it would hardly fix: somebody has looked, so it is rated, and lowest. */
const NEGLIGIBLE = 'negligible';

/** The worst label that an advisory gives (`Ubuntu: high`) and that is one of ours; else `unrated`. */
export function labelOf({ records, package: found }: Match): Severity {
  const labels = records
    .filter(speaksOfOne)
    .flatMap((record) => severitiesOf(record, found).map(({ score }) => score.toLowerCase()))
    .map((label) => (label === NEGLIGIBLE ? 'low' : label));
  return SEVERITIES.find((severity) => labels.includes(severity)) ?? 'unrated';
}

/** A record of several vulnerabilities rates their sum, and none of them. */
function speaksOfOne({ upstream }: OsvRecord): boolean {
  return upstream.length <= 1;
}

/** What a record says about the package, else about all that it affects. */
function severitiesOf(record: OsvRecord, { source }: Match['package']): readonly OsvSeverity[] {
  const own = record.affected.filter(({ name }) => name === source.name).flatMap(({ severity }) => severity);
  return own.length > 0 ? own : record.severity;
}

function rankOf({ source }: Cvss): number {
  if (source.startsWith('cna:')) return 0;
  if (source === CISA) return 1;
  return source.startsWith('adp:') ? 2 : 3;
}
