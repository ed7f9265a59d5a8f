/** What runs in the account and Region of the home, made from the environment. */
import { ECSClient } from '@aws-sdk/client-ecs';
import { LambdaClient } from '@aws-sdk/client-lambda';

import { clientConfig } from '../../../lib/adapters/aws/clients.ts';
import { ecsTasks } from '../../../lib/adapters/aws/ecs/running-tasks.ts';
import { lambdaFunctions } from '../../../lib/adapters/aws/lambda/running-functions.ts';
import type { RunningFunctions, RunningTasks, Scope } from '../../../lib/pipeline/ports/running.ts';
import type { Environment } from '../environment.ts';
import type { Tools } from '../tools.ts';

interface Running {
  readonly tasks: RunningTasks;
  readonly functions: RunningFunctions;
}

export function openRunning(environment: Environment, scope: Scope, { tracer }: Tools): Running {
  const config = { ...clientConfig(environment), region: scope.region };
  return {
    tasks: ecsTasks(tracer.captureAWSv3Client(new ECSClient(config)), scope),
    functions: lambdaFunctions(tracer.captureAWSv3Client(new LambdaClient(config)), scope),
  };
}
