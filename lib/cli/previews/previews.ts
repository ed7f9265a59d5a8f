/** A sample of every kind of notice, made by what makes the real ones. */
import type { StaleFeed } from '../../core/appetite/stale-feeds.ts';
import { contentId } from '../../core/canonical/canonical.ts';
import { feedNotice } from '../../core/notices/feed-notice.ts';
import type { NoticeKind } from '../../core/notices/kinds.ts';
import type { Notice } from '../../core/notices/notice.ts';
import { quarantineNotice } from '../../core/notices/quarantine-notice.ts';
import { subscriptionsNotice } from '../../core/notices/subscriptions.ts';
import { exceptionPreviews, reminderPreviews } from './people.ts';
import { roundUpPreview, verdictPreviews } from './verdicts.ts';

const AT = '2026-11-25T08:30:00.000Z';
const HOME = ' --home aws:Cavendish';

/** In the order of the kinds. */
export function previews(): ReadonlyMap<NoticeKind, Notice> {
  const all = [...verdictPreviews(), ...exceptionPreviews(), ...reminderPreviews(), ...operatorPreviews()];
  return new Map([...all, roundUpPreview()].map((notice) => [notice.kind, notice]));
}

function operatorPreviews(): readonly Notice[] {
  const hash = contentId('kev');
  const feed: StaleFeed['feed'] = {
    ...{ schemaVersion: 1, id: 'kev', kind: 'kev', date: '2026-11-16T00:00:00.000Z', count: 1500 },
    ...{ completeFor: [], source: 'https://feeds.example.com/kev.json', modelVersion: null, shards: {} },
  };
  const message = 'it shrinks from 1500 records to 12';
  return [
    feedNotice([{ feed, hash, ageDays: 9, allowedDays: 7, step: 1 }], AT),
    quarantineNotice(
      [
        {
          ...{ feed: 'kev', hash, before: contentId('the kev before'), reasons: [{ kind: 'shrinks', message }] },
          ...{ at: AT, source: feed.source, key: 'kev' },
        },
      ],
      HOME,
    ),
    subscriptionsNotice(
      ['shop: olive@example.com has not confirmed the subscription, and gets nothing until then'],
      AT,
    ),
  ];
}
