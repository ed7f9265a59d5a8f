/**
 * What a CloudFormation stack says of itself: its state and its outputs, by which everything else of
 * a home on AWS is found.
 */
import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';

import { CavendishError } from '../../../core/errors/error.ts';
import { askAws } from '../failures.ts';

export interface DescribedStack {
  readonly name: string;
  readonly region: string;
  /** `UPDATE_COMPLETE` and the like: "Stack status codes" of CloudFormation's user guide. */
  readonly status: string;
  /** @throws CavendishError `not-found` where the stack has no output of that name */
  output(name: string): string;
}

/** @throws CavendishError `not-found` where there is no such stack, `wrong-use` without a Region, `unavailable` */
export async function describeStack(client: CloudFormationClient, name: string): Promise<DescribedStack> {
  const region = await regionOf(client);
  const stack = await askAws('cloudformation:DescribeStacks', async () => {
    try {
      const { Stacks: [found] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
      return found;
    } catch (error) {
      // CloudFormation has no error of its own for a stack that is not there.
      if (Error.isError(error) && error.name === 'ValidationError' && error.message.includes('does not exist'))
        return null;
      throw error;
    }
  });
  if (stack === undefined || stack === null) {
    throw new CavendishError('not-found', `there is no stack ${name} in ${region}`, {
      next: `See which there are: aws cloudformation list-stacks --region ${region}\nAnother Region: --home aws:${name}@REGION`,
    });
  }
  const outputs = new Map(stack.Outputs?.map(({ OutputKey: key, OutputValue: value }) => [key, value]));
  const status = stack.StackStatus ?? 'UNKNOWN';
  return {
    name,
    region,
    status,
    output(key) {
      const value = outputs.get(key);
      if (value !== undefined) return value;
      throw new CavendishError('not-found', `the stack ${name} in ${region} (${status}) has no output ${key}`, {
        next: 'Is it a stack of Cavendish, and of this version? Deploy it again: npx cdk deploy',
      });
    },
  };
}

async function regionOf(client: CloudFormationClient): Promise<string> {
  try {
    return await client.config.region();
  } catch (error) {
    // The SDK answers with a bare Error where neither environment nor profile names a Region.
    throw new CavendishError('wrong-use', 'it is not said in which Region the stack is', {
      next: 'Name it: --home aws:STACK@REGION, or AWS_REGION, or the region of your AWS profile.',
      cause: error,
    });
  }
}
