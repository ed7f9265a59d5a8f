/**
 * Metrics that functions count and alarms watch.
 */
export const METRIC_NAMESPACE = 'Cavendish';

export const METRICS = {
  /** Pushes taken in. */
  pushes: 'Pushes',
  /** Events of what began or ended to run. */
  sightings: 'Sightings',
  /** Events that are not Cavendish's business (artifacts, failed pushes), with their reason in the log. */
  eventsIgnored: 'EventsIgnored',
  /** Events and messages that nobody can read; each lies in the dead-letter queue. */
  unreadable: 'Unreadable',
  imagesGo: 'ImagesGo',
  imagesNoGo: 'ImagesNoGo',
  imagesUnknown: 'ImagesUnknown',
  /** Judgements left out, since the same image was judged on the same basis. */
  imagesUnchanged: 'ImagesUnchanged',
  /** Work that ended without a result of its own: an image unknown because it could not be finished. */
  givenUp: 'GivenUp',
  /** Work that was set aside with its cause. */
  buried: 'Buried',
  noticesSent: 'NoticesSent',
  /** Notices that went out inside a round-up instead of one by one. */
  noticesHeldBack: 'NoticesHeldBack',
  /** Rungs of which people were told, each by one reminder to each. */
  remindersSent: 'RemindersSent',
  /** Reminders that are owed and reach nobody. */
  remindersUnreachable: 'RemindersUnreachable',
  /** Timers that were missing, surplus or wrong, and were made right. */
  timersRepaired: 'TimersRepaired',
  sweeps: 'Sweeps',
  /** Images that the registry holds and no event brought. */
  pushesMissed: 'PushesMissed',
  /** Images that the registry no longer holds and no event took away. */
  deletionsMissed: 'DeletionsMissed',
  /** Tasks and functions that no longer run and of which no event said so. */
  endsMissed: 'EndsMissed',
  /** Outbox entries that were due for too long, and were sent again. */
  workLeftOver: 'WorkLeftOver',
  /** Subscriptions that are pending or gone. */
  subscriptionsLost: 'SubscriptionsLost',
  feedsStale: 'FeedsStale',
  /** Feeds that were asked for and are up to date, changed or not. */
  feedsRefreshed: 'FeedsRefreshed',
  /** Feeds that were set aside instead of being held. */
  feedsQuarantined: 'FeedsQuarantined',
  /** Placements that were judged again for what changed outside of them. */
  judgedAgain: 'JudgedAgain',
} as const;
