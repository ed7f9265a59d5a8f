/** Do events come in, does the sweep run, do notices reach people? */
import { counted } from '../../core/text/plain.ts';
import type { HomeParts, QueueFacts, ScheduleName, TopicName } from '../ports/home-parts.ts';
import { ill, type Look, well } from './check.ts';

/** CloudFormation's statuses after which what runs is what was deployed. */
const SETTLED = new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'IMPORT_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE']);
const UNDER_WAY = /^(?:CREATE|UPDATE|IMPORT)(?:_COMPLETE_CLEANUP)?_IN_PROGRESS$/u;

export function lookAtStack({ stackStatus }: Pick<HomeParts, 'stackStatus'>): Look {
  if (stackStatus === 'UPDATE_ROLLBACK_COMPLETE') {
    return well(`${stackStatus}: the last update failed, and what was there before it runs`);
  }
  if (SETTLED.has(stackStatus)) return well(stackStatus);
  if (UNDER_WAY.test(stackStatus)) return well(`${stackStatus}: what follows may be between two states`);
  return ill(
    `${stackStatus}: what runs is not what was meant`,
    'See why: aws cloudformation describe-stack-events --stack-name STACK',
  );
}

export async function lookAtRule(parts: Pick<HomeParts, 'pushRule' | 'queue'>): Promise<Look> {
  const { name, enabled, targets } = await parts.pushRule();
  if (!enabled) {
    return ill(`the rule ${name} is off: no push is heard of`, `Turn it on: aws events enable-rule --name ${name}`);
  }
  const { arn } = await parts.queue('events');
  if (!targets.includes(arn)) {
    const where = targets.length === 0 ? 'nowhere' : `to ${targets.join(', ')}`;
    return ill(
      `the rule ${name} is on, and its events go ${where}, not to the events queue`,
      'Deploy the stack again.',
    );
  }
  return well(`the rule ${name} is on, and its events go to the events queue`);
}

const WITHOUT: Readonly<Record<ScheduleName, string>> = {
  sweep: 'what events miss stays missed',
  refresh: 'feeds grow old, and verdicts with them',
};

export async function lookAtSchedule({ schedule }: Pick<HomeParts, 'schedule'>, which: ScheduleName): Promise<Look> {
  const { name, enabled, expression } = await schedule(which);
  if (enabled) return well(`the schedule ${name} is on: ${expression}`);
  return ill(
    `the schedule ${name} is off: ${WITHOUT[which]}`,
    'Turn it on in the console of EventBridge Scheduler, or deploy the stack again.',
  );
}

export async function lookAtTopic(topic: TopicName, { subscriptions }: Pick<HomeParts, 'subscriptions'>) {
  const found = await subscriptions(topic);
  const pending = found.filter(({ confirmed }) => !confirmed);
  if (found.length === 0) {
    return ill(
      `nobody is subscribed to ${topic.name}: what is sent there reaches no one`,
      `Subscribe somebody: aws sns subscribe --topic-arn ${topic.arn} --protocol email --notification-endpoint ADDRESS`,
    );
  }
  if (pending.length > 0) {
    const who = pending.map(({ protocol, endpoint }) => `${protocol} ${endpoint}`).join(', ');
    return ill(
      `not confirmed for ${topic.name}: ${who}`,
      'Follow the link in the message that SNS sent (look among the spam), or subscribe again to get another.',
    );
  }
  return well(`${counted(found.length, 'subscription')} of ${topic.name}, all confirmed`);
}

/**
 * A queue that nobody empties. What is taken is being worked on; where nothing is, the queue is looked
 * at again after a while.
 */
export async function lookAtQueue(look: () => Promise<QueueFacts>, waitAWhile: () => Promise<void>): Promise<Look> {
  const first = await look();
  if (first.visible === 0 || first.taken > 0) return well(described(first));
  await waitAWhile();
  const second = await look();
  if (second.taken > 0 || second.visible < first.visible) return well(described(second));
  return ill(
    `${counted(second.visible, 'message')} and nobody takes them`,
    'Is the event source of its function on, and does the function end well? docs/runbook-aws.md#oldest-message',
  );
}

export async function lookAtDeadLetters(parts: Pick<HomeParts, 'queue'>): Promise<Look> {
  const { visible, taken, delayed } = await parts.queue('dead-letter');
  const letters = visible + taken + delayed;
  if (letters === 0) return well('none');
  return ill(counted(letters, 'dead letter'), 'See them and their causes: cavendish dead-letters');
}

function described({ visible, taken, delayed }: QueueFacts): string {
  if (visible + taken + delayed === 0) return 'empty';
  return `${String(visible)} to be taken, ${String(taken)} being worked on, ${String(delayed)} not due yet`;
}
