import { describe, it } from '@jest/globals';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

import { CavendishStack } from '../../lib/stacks/cavendish-stack.ts';

describe('the stack', () => {
  it('keeps a register and evidence, and nothing else yet', () => {
    const template = Template.fromStack(new CavendishStack(new App(), 'Cavendish'));

    template.resourceCountIs('AWS::DynamoDB::Table', 1);
    template.resourceCountIs('AWS::S3::Bucket', 1);
    template.resourceCountIs('AWS::Lambda::Function', 0);
  });
});
