import { paginateListStackResources } from '@aws-sdk/client-cloudformation';

import type { Clients } from './clients.ts';
import { STACK } from './deploy.ts';

/** Physical names of what the stack has of a type. */
export async function namesOf({ cloudFormation: client }: Clients, type: string): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName: STACK })) {
    for (const { ResourceType, PhysicalResourceId = '' } of StackResourceSummaries) {
      if (ResourceType === type) names.push(PhysicalResourceId);
    }
  }
  return names;
}
