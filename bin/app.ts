/** The CDK app: `npm run synth`, `npx cdk deploy`. Reads `cavendish.yaml`, or what `-c config=FILE` names. */
import process from 'node:process';
import { App } from 'aws-cdk-lib';

import { isCavendishError } from '../lib/core/errors/error.ts';
import { stackFromConfig } from '../lib/stacks/config/stack-from-config.ts';

try {
  stackFromConfig(new App());
} catch (error) {
  if (!isCavendishError(error)) throw error;
  process.stderr.write(`error: ${error.message}\n${error.next ?? ''}\n`);
  process.exitCode = 1;
}
