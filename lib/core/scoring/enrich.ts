/**
 * Makes a finding of a match: joins what is known of the vulnerability to it.
 *
 * Which CVSS figure counts is a rule: the CNA that knows its product before CISA's ADP container
 * before the advisory; of one source the newest version of the standard. All figures are kept.
 */
import type { OsvRecord } from '../advisories/records.ts';
import type { Cvss, Finding, Severity, Ssvc } from '../matching/finding.ts';
import { SEVERITIES } from '../matching/finding.ts';
import type { Match } from '../matching/match.ts';
import type { Facts } from '../register/read-records.ts';
import { ratingOf, severityOfScore } from './cvss.ts';

type FactsOf = (vulnerability: string) => Facts;

export function enrich(match: Match, factsOf: FactsOf): Finding {
  const { vulnerability, aliases, records, package: found, fixedIn, matched } = match;
  const { cve, kev, epss } = joinFacts(match, factsOf);
  const ratings = ratingsOf(match, cve);
  const [cvss = null] = ratings;
  const { type, name, version, purl, layer, source } = found;
  return {
    vulnerability,
    aliases,
    records: records.map(({ id }) => id),
    package: { name, version, type, purl, layer, source },
    fixedIn,
    title: cve?.title ?? records.find(({ summary }) => summary !== null)?.summary ?? null,
    published: publishedOf(match, factsOf),
    disputed: cve?.state === 'REJECTED' ? 'rejected' : cve?.disputed === true ? 'disputed' : null,
    cwes: cve?.cwes ?? [],
    severity: cvss === null ? labelOf(records) : severityOfScore(cvss.score),
    cvss,
    ratings,
    ssvc: ssvcOf(cve),
    epss:
      epss === null
        ? null
        : { score: epss.score, percentile: epss.percentile, modelVersion: epss.modelVersion, date: epss.date },
    kev: kev === null ? null : { dateAdded: kev.dateAdded, dueDate: kev.dueDate, ransomware: kev.ransomware },
    matched,
    foundBy: 'cavendish',
    due: null,
  };
}

/** When the vulnerability was published: by its CVE record, else by the first of its advisories; null where none says. */
export function publishedOf(
  match: Pick<Match, 'vulnerability' | 'aliases' | 'records'>,
  factsOf: FactsOf,
): string | null {
  const { cve } = joinFacts(match, factsOf);
  if (cve?.published != null) return cve.published;
  const [first] = match.records.flatMap(({ published }) => published ?? []).sort();
  return first ?? null;
}

/** Facts under the name of the vulnerability; what is not there, under its aliases. */
function joinFacts({ vulnerability, aliases }: Pick<Match, 'vulnerability' | 'aliases'>, factsOf: FactsOf): Facts {
  const facts = [vulnerability, ...aliases].map((name) => factsOf(name));
  const first = <K extends keyof Facts>(key: K): Facts[K] | null =>
    facts.find((fact) => fact[key] !== null)?.[key] ?? null;
  return { cve: first('cve'), kev: first('kev'), epss: first('epss') };
}

const SOURCE_ORDER = ['cna:', 'adp:', 'osv:'];

function ratingsOf({ records, package: found }: Match, cve: Facts['cve']): readonly Cvss[] {
  const published = cve?.metrics.map(({ vector, source }) => ratingOf(vector, source)) ?? [];
  const advised = records.flatMap((record) =>
    severitiesOf(record, found.source.name).map(({ score }) => ratingOf(score, `osv:${record.id}`)),
  );
  return [...published, ...advised]
    .filter((rating) => rating !== null)
    .sort(
      (a, b) =>
        sourceRank(a) - sourceRank(b) ||
        compare(b.version, a.version) ||
        compare(a.source, b.source) ||
        compare(a.vector, b.vector),
    );
}

function severitiesOf(record: OsvRecord, name: string): OsvRecord['severity'] {
  return [
    ...record.affected.filter((affected) => affected.name === name).flatMap(({ severity }) => severity),
    ...record.severity,
  ];
}

function sourceRank({ source }: Cvss): number {
  return SOURCE_ORDER.findIndex((prefix) => source.startsWith(prefix));
}

/** A distribution's own label (`Ubuntu: high`), where it is one of ours. */
function labelOf(records: readonly OsvRecord[]): Severity {
  const labels = records.flatMap(({ severity, affected }) => [
    ...severity,
    ...affected.flatMap((entry) => entry.severity),
  ]);
  const known = labels.flatMap(({ score }) => SEVERITIES.find((severity) => severity === score.toLowerCase()) ?? []);
  return SEVERITIES.find((severity) => known.includes(severity)) ?? 'unrated';
}

function ssvcOf(cve: Facts['cve']): Ssvc | null {
  return cve?.ssvc ?? null;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
