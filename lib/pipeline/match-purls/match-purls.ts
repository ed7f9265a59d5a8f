/**
 * What the advisories that are held say of packages from elsewhere, by their package URLs.
 */
import { advisoryBuckets } from '../../core/advisories/bucket.ts';
import { answersFor, type HeldFeed } from '../../core/advisories/feed.ts';
import type { OsvRecord } from '../../core/advisories/records.ts';
import type { Subject } from '../../core/matching/evaluate-record.ts';
import type { Matched } from '../../core/matching/finding.ts';
import { identitiesOf } from '../../core/matching/identities.ts';
import { joinMatches, matchSource, type SourceMatch } from '../../core/matching/match-source.ts';
import { subjectsOfPurl } from '../../core/matching/subject-of-purl.ts';
import { feedsOfKind, recordsOf } from '../../core/register/read-records.ts';
import type { ListedComponent } from '../../core/sbom/listed-component.ts';
import { orderOf } from '../../core/versions/version.ts';
import { readBuckets } from '../judge-image/gather.ts';
import type { Intelligence } from '../ports/intelligence.ts';

export interface PurlFinding {
  readonly vulnerability: string;
  readonly aliases: readonly string[];
  /** The ids of the advisories that matched, in order. */
  readonly records: readonly string[];
  readonly fixedIn: string | null;
  /** One for each record, in the same order. */
  readonly matched: readonly Matched[];
}

/** `gaps` says what nobody can decide, and that nobody answers for the package: no finding is no clean bill then. */
export type PurlAnswer =
  | { readonly purl: string; readonly findings: readonly PurlFinding[]; readonly gaps: readonly string[] }
  | { readonly purl: string; readonly error: string }
  | { readonly purl: null; readonly component: string; readonly error: string };

/** @returns an answer for each, in their order */
export async function matchPurls(
  components: readonly ListedComponent[],
  feeds: readonly HeldFeed[],
  intelligence: Intelligence,
): Promise<readonly PurlAnswer[]> {
  const asked = components.map(({ name, purl, source }) => ({
    name,
    purl,
    subjects: subjectsOfPurl(purl ?? '', source),
  }));
  const keys = asked
    .flatMap(({ subjects }) => ('error' in subjects ? [] : subjects))
    .flatMap(({ ecosystem, name }) => advisoryBuckets(ecosystem, name));
  const { advisoriesOf } = recordsOf(feeds, await readBuckets(intelligence, feeds, 'advisories', keys));

  return asked.map(({ name, purl, subjects }): PurlAnswer => {
    if (purl === null) return { purl, component: name, error: 'it has no package URL' };
    if ('error' in subjects) return { purl, error: subjects.error };
    const { matches, gaps } = matchSubjects(subjects, advisoriesOf);
    const findings = matches.map((match) => ({ ...match, records: match.records.map(({ id }) => id) }));
    return {
      purl,
      findings: findings.sort((a, b) => orderOf(a.vulnerability, b.vulnerability)),
      gaps: [...unanswered(subjects, feeds), ...gaps.map(({ message }) => message)],
    };
  });
}

/** The second, where there are two, is the package's own name. */
function matchSubjects(
  subjects: readonly Subject[],
  advisoriesOf: (subject: Subject) => readonly OsvRecord[],
): ReturnType<typeof matchSource> {
  const identities = identitiesOf(subjects.flatMap(advisoriesOf));
  const found = subjects.map((subject) => matchSource(subject, advisoriesOf(subject), identities));
  const matches = new Map<string, SourceMatch>();
  for (const match of found.flatMap((one) => one.matches)) {
    const other = matches.get(match.vulnerability);
    matches.set(match.vulnerability, other === undefined ? match : joinMatches(other, match, true));
  }
  return { matches: [...matches.values()], gaps: found.flatMap(({ gaps }) => gaps) };
}

/** Feeds answer for sources. */
function unanswered(subjects: readonly Subject[], feeds: readonly HeldFeed[]): readonly string[] {
  const [{ ecosystem, name } = { ecosystem: '', name: '' }] = subjects;
  const isAnswered = feedsOfKind(feeds, 'advisories').some((feed) => answersFor(feed, ecosystem, name));
  return isAnswered ? [] : [`no advisories that are held answer for ${name} of ${ecosystem}`];
}
