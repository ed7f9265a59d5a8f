/** What people are told of: the word by which a subscriber asks for it, and a sentence. */
export const NOTICE_KINDS = {
  'verdict-changed': 'the verdict of an image changed, or what it rests on',
  'became-unknown': 'an image can not be judged any more: something is not known',
  'judged-again': 'feeds, a base, the appetite or a day changed verdicts: one notice for all of them',
  exploited: 'a vulnerability of what runs in production is exploited now',
  'exception-requested': 'somebody asks for an exception that you may decide on',
  'exception-decided': 'an exception was granted, refused or withdrawn',
  'exception-lapsed': 'an exception ended before its time: evidence spoke against it, or somebody took it back',
  'exception-ending': 'an exception ends soon, or has ended',
  'review-due': 'the review of an exception is due',
  'risk-due': 'a risk is to be mitigated by a day that is near',
  'risk-overdue': 'a risk was to be mitigated by a day that is past',
  'evidence-ageing': 'the last validation of an asset counts as old soon, or does',
  'approval-ending': 'the approval of a base image ends soon, or has ended',
  'feed-stale': 'a feed is too old for the strictest stage',
  'feed-quarantined': 'what came of a feed was not believed, and set aside',
  'subscription-lost': 'somebody who is to be told can not be',
  'round-up': 'many changes in one message',
} as const;

export type NoticeKind = keyof typeof NOTICE_KINDS;

/** What is said of images: for who names no kinds. The others are of one person, who is told by name, or of the home. */
export const OF_IMAGES = [
  'verdict-changed',
  'became-unknown',
  'judged-again',
  'exploited',
  'round-up',
] as const satisfies readonly NoticeKind[];

/** What subscribers are told of: also of the operator's own subscription, where that is lost. */
export const TOLD_KINDS = [...OF_IMAGES, 'subscription-lost'] as const satisfies readonly NoticeKind[];

export type ToldKind = (typeof TOLD_KINDS)[number];
