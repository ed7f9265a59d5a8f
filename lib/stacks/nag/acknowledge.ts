import { Stack, Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

import { flat } from './flat.ts';

/** Says to cdk-nag why a rule of AwsSolutions is not followed here; without cdk-nag it does nothing. */
export function acknowledge(construct: Construct, rule: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: `AwsSolutions-${rule}`, reason });
}

/** The same for each resource that is granted with a wildcard: one by one, so that the next one is seen. */
export function acknowledgeWildcards(construct: Construct, resources: readonly string[], reason: string): void {
  for (const resource of resources) {
    const name = flat(Stack.of(construct).resolve(resource));
    if (name.includes('*')) acknowledge(construct, `IAM5[Resource::${name}]`, reason);
  }
}
