/** The types of work that commits leave, and the queue that brings each to its worker on AWS. */

/** Judges an image where it stands: what a push leaves for each image that it brought. */
export const JUDGE_PLACEMENT = 'judge-placement';
/** Decides on an image whose scan is done: what the scan leaves where the two run apart. */
export const DECIDE_PLACEMENT = 'decide-placement';
/** Delivers the notice of a verdict: what a verdict leaves that is news. */
export const ANNOUNCE = 'announce-verdict';
/** Finds which placements a cause may concern: what a change leaves that may change verdicts. */
export const PLAN_AGAIN = 'plan-again';
/** Judges one page of those placements again. */
export const JUDGE_AGAIN = 'judge-again';
/** Tells people what a cause came to, once its pages are judged. */
export const TELL_CAUSE = 'tell-cause';

/** Ends an exception that lapsed on evidence: what the verdict leaves that found it. */
export const LAPSE_EXCEPTION = 'lapse-exception';
/** Brings what verdicts say into the risk register. */
export const FOLD_RISKS = 'fold-risks';

/** Looks at the dates of what changed: when people are reminded of it next. */
export const PLAN_REMINDERS = 'plan-reminders';
/** Tells people what became of an exception. */
export const TELL_EXCEPTION = 'tell-exception';

/** Work that waits for what people have pushed. */
export const LESS_URGENT: readonly string[] = [PLAN_AGAIN, JUDGE_AGAIN, TELL_CAUSE, LAPSE_EXCEPTION, FOLD_RISKS];

export type WorkQueueName = 'scan' | 'judge' | 'announce' | 'again' | 'remind';

const QUEUE_OF_TYPE: ReadonlyMap<string, WorkQueueName> = new Map([
  [JUDGE_PLACEMENT, 'scan'],
  [DECIDE_PLACEMENT, 'judge'],
  [ANNOUNCE, 'announce'],
  [PLAN_AGAIN, 'again'],
  [JUDGE_AGAIN, 'again'],
  [TELL_CAUSE, 'again'],
  [LAPSE_EXCEPTION, 'again'],
  [FOLD_RISKS, 'again'],
  [PLAN_REMINDERS, 'remind'],
  [TELL_EXCEPTION, 'remind'],
]);

/** The queue for work of a type; null where no queue carries it. */
export function queueOf(type: string): WorkQueueName | null {
  return QUEUE_OF_TYPE.get(type) ?? null;
}
