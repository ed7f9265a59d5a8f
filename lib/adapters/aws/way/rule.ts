/** The EventBridge rule that brings pushes. */
import { DescribeRuleCommand, type EventBridgeClient, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';

import type { RuleFacts } from '../../../pipeline/ports/home-parts.ts';
import { askAws } from '../failures.ts';

/** @param given - the rule's name, or `BUS|NAME` as CloudFormation refers to one that is not on the default bus */
export async function ruleFacts(client: EventBridgeClient, given: string): Promise<RuleFacts> {
  const [name = given, bus] = given.split('|', 2).reverse();
  const onBus = bus === undefined ? {} : { EventBusName: bus };
  const { State: state } = await askAws('events:DescribeRule', () =>
    client.send(new DescribeRuleCommand({ Name: name, ...onBus })),
  );
  const targets: string[] = [];
  let next: string | undefined;
  do {
    const request = { Rule: name, ...onBus, ...(next !== undefined && { NextToken: next }) };
    const page = await askAws('events:ListTargetsByRule', () => client.send(new ListTargetsByRuleCommand(request)));
    targets.push(...(page.Targets ?? []).flatMap(({ Arn: arn }) => arn ?? []));
    next = page.NextToken;
  } while (next !== undefined);
  // Beside ENABLED there is ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS.
  return { name, enabled: state?.startsWith('ENABLED') === true, targets };
}
