/**
 * Makes a finding of a match: joins to it what is known of the vulnerability.
 *
 * Facts are published under CVE identifiers, so they are asked for under every name that the
 * vulnerability has; a finding without a CVE has what its advisories say. Missing is null: what
 * stands in for a missing figure is figures.ts's to say, and never shown as a fact.
 */
import type { CveRecord } from '../advisories/records.ts';
import type { Epss, Finding, Kev } from '../matching/finding.ts';
import type { Match } from '../matching/match.ts';
import type { Facts } from '../register/read-records.ts';
import { severityOfScore } from './cvss.ts';
import { labelOf, ratingsOf } from './ratings.ts';

type FactsOf = (vulnerability: string) => Facts;
type Names = Pick<Match, 'vulnerability' | 'aliases'>;

export function enrich(match: Match, factsOf: FactsOf): Finding {
  const { vulnerability, aliases, records, package: found, fixedIn, matched } = match;
  const { name, version, type, purl, layer, source } = found;
  const facts = namesOf(match).map(factsOf);
  const all = cvesOf(facts);
  // An identifier that was rejected for another one speaks no more, unless nobody else does.
  const standing = all.filter(({ state }) => state === 'PUBLISHED');
  const cves = standing.length > 0 ? standing : all;
  const ratings = ratingsOf(match, cves);
  const [cvss = null] = ratings;
  return {
    vulnerability,
    aliases,
    records: records.map(({ id }) => id),
    package: { name, version, type, purl, layer, source },
    fixedIn,
    title: firstOf([...cves.map(({ title }) => title), ...records.map(({ summary }) => summary)]),
    published: publishedOf(match, factsOf),
    disputed: disputedOf(cves),
    cwes: [...new Set(cves.flatMap(({ cwes }) => cwes))].sort(),
    severity: cvss === null ? labelOf(match) : severityOfScore(cvss.score),
    cvss,
    ratings,
    ssvc: firstOf(cves.map(({ ssvc }) => ssvc)),
    epss: epssOf(facts),
    kev: kevOf(facts),
    matched,
    foundBy: 'cavendish',
    inheritedFrom: null,
    due: null,
    exceptions: [],
  };
}

/** When it was published (ISO 8601): by its CVE records, else by its advisories, the earliest; null where none says. */
export function publishedOf(match: Names & Pick<Match, 'records'>, factsOf: FactsOf): string | null {
  const cves = cvesOf(namesOf(match).map(factsOf));
  return earliest(cves.map(({ published }) => published)) ?? earliest(match.records.map(({ published }) => published));
}

function namesOf({ vulnerability, aliases }: Names): readonly string[] {
  return [vulnerability, ...aliases];
}

function cvesOf(facts: readonly Facts[]): readonly CveRecord[] {
  return facts.flatMap(({ cve }) => cve ?? []);
}

function disputedOf(cves: readonly CveRecord[]): Finding['disputed'] {
  if (cves.some(({ state }) => state === 'REJECTED')) return 'rejected';
  return cves.some(({ disputed }) => disputed) ? 'disputed' : null;
}

/** Of several names the likeliest to be exploited. */
function epssOf(facts: readonly Facts[]): Epss | null {
  const [highest] = facts.flatMap(({ epss }) => epss ?? []).sort((a, b) => b.score - a.score);
  if (highest === undefined) return null;
  const { score, percentile, modelVersion, date } = highest;
  return { score, percentile, modelVersion, date };
}

/** Of several names the first that was listed, with what any of them is used for. */
function kevOf(facts: readonly Facts[]): Kev | null {
  const listed = facts.flatMap(({ kev }) => kev ?? []);
  const dateAdded = earliest(listed.map((kev) => kev.dateAdded));
  if (dateAdded === null) return null;
  return {
    dateAdded,
    dueDate: earliest(listed.map(({ dueDate }) => dueDate)),
    ransomware: listed.some(({ ransomware }) => ransomware),
  };
}

function firstOf<T>(values: readonly (T | null)[]): T | null {
  return values.find((value) => value !== null) ?? null;
}

/** ISO 8601 in UTC sorts as text. */
function earliest(instants: readonly (string | null)[]): string | null {
  return firstOf([...instants].filter((instant) => instant !== null).sort());
}
