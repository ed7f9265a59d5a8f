/**
 * What the advisories that are held say of packages from elsewhere, by their package URLs.
 */
import { advisoryBuckets } from '../../core/advisories/bucket.ts';
import { answersFor, type HeldFeed } from '../../core/advisories/feed.ts';
import type { Subject } from '../../core/matching/evaluate-record.ts';
import type { Matched } from '../../core/matching/finding.ts';
import { identitiesOf } from '../../core/matching/identities.ts';
import { matchSource } from '../../core/matching/match-source.ts';
import { subjectOfPurl } from '../../core/matching/subject-of-purl.ts';
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
    subject: subjectOfPurl(purl ?? '', source),
  }));
  const keys = asked.flatMap(({ subject }) =>
    'error' in subject ? [] : advisoryBuckets(subject.ecosystem, subject.name),
  );
  const { advisoriesOf } = recordsOf(feeds, await readBuckets(intelligence, feeds, 'advisories', keys));

  return asked.map(({ name, purl, subject }): PurlAnswer => {
    if (purl === null) return { purl, component: name, error: 'it has no package URL' };
    if ('error' in subject) return { purl, error: subject.error };
    const records = advisoriesOf(subject);
    const { matches, gaps } = matchSource(subject, records, identitiesOf(records));
    const findings = matches.map((match) => ({ ...match, records: match.records.map(({ id }) => id) }));
    return {
      purl,
      findings: findings.sort((a, b) => orderOf(a.vulnerability, b.vulnerability)),
      gaps: [...unanswered(subject, feeds), ...gaps.map(({ message }) => message)],
    };
  });
}

function unanswered({ ecosystem, name }: Subject, feeds: readonly HeldFeed[]): readonly string[] {
  const isAnswered = feedsOfKind(feeds, 'advisories').some((feed) => answersFor(feed, ecosystem, name));
  return isAnswered ? [] : [`no advisories that are held answer for ${name} of ${ecosystem}`];
}
