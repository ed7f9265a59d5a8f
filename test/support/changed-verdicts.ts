/** Verdicts that a round changed, for tests of what people read of them. */
import type { ChangedVerdict } from '../../lib/core/again/changed-verdict.ts';
import type { News } from '../../lib/core/again/news.ts';
import type { Decision } from '../../lib/core/register/assessment.ts';
import type { ToldRound } from '../../lib/pipeline/judge-again/tell-cause.ts';
import { aDigest, aPlacement } from './assessments.ts';

interface Given extends Partial<Omit<ChangedVerdict, 'placement'>> {
  readonly repository?: string;
  readonly verdict?: Decision;
}

/** One that was go, and is no-go now. */
export function aChangedVerdict({ repository = 'shop/cart', verdict = 'no-go', ...given }: Given = {}): ChangedVerdict {
  return {
    placement: aPlacement({ repository, digest: aDigest(repository) }),
    platform: 'linux/amd64',
    stage: 'production',
    tags: ['1.0'],
    told: [{ tag: '1.0', previous: null, revision: 1 }],
    assessment: aDigest(`assessment of ${repository}`),
    verdict,
    before: 'go',
    blocking: verdict !== 'go',
    owner: 'shop team',
    asset: null,
    severity: null,
    running: false,
    vulnerabilities: 3,
    headline: '3 vulnerabilities, 1 criterion broken',
    news: [],
    newsOmitted: 0,
    page: 0,
    ...given,
  };
}

/** One that is go, blocks nothing and does not run: it stands last wherever verdicts are in order. */
export function aQuietVerdict(name: string, given: Given = {}): ChangedVerdict {
  return aChangedVerdict({
    ...{ repository: `shop/${name}`, verdict: 'go', vulnerabilities: 1, headline: '1 vulnerability' },
    ...given,
  });
}

export function aNews(given: Partial<News> = {}): News {
  return {
    ...{ kind: 'kev', vulnerability: 'CVE-2026-0001', package: 'perl', fixedIn: '9', base: null, due: null },
    ...{ ransomware: false, was: 0.1, is: 0.2 },
    ...given,
  };
}

/** A change of KEV that is judged to its end. */
export function aRound(given: Partial<ToldRound> = {}): ToldRound {
  const change = { id: 'kev', kind: 'kev' as const, before: null, after: aDigest('kev') };
  return {
    head: {
      cause: { kind: 'feeds', at: '2026-08-02T00:00:00.000Z', changes: [change] },
      at: '2026-08-02T00:00:10.000Z',
      pages: 1,
      placements: 3,
      feeds: [
        {
          ...{ id: 'kev', kind: 'kev' },
          before: { date: '2026-08-01T00:00:00.000Z', count: 1, model: null },
          after: { date: '2026-08-02T00:00:00.000Z', count: 2, model: null },
        },
      ],
    },
    part: 1,
    open: 0,
    failed: [],
    ...given,
  };
}
