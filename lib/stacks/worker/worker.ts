import { join } from 'node:path';
import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib';
import { type IRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function as Lambda, type IEventSource, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

import { ENV, type FunctionName } from '../functions/names.ts';
import { acknowledgeWildcards } from '../nag/acknowledge.ts';
import { TIMEOUT_SECONDS } from '../work-queues/limits.ts';

export interface WorkerProps {
  readonly function: FunctionName;
  /** Where the bundles of the functions lie, a folder each. */
  readonly bundles: string;
  /** MiB; a function's share of a processor grows with it. */
  readonly memory: number;
  readonly logRetention: RetentionDays;
  /** MiB of disk in /tmp. @default 512, which costs nothing */
  readonly disk?: number;
  readonly environment: Readonly<Partial<Record<keyof typeof ENV, string>>>;
  /** Where its events come from. */
  readonly eventSources?: readonly IEventSource[];
}

/**
 * One of Cavendish's functions: a bundle on Node 24, with a role, a log and a trace of its own and no
 * right that it was not granted here by name.
 */
export class Worker extends Construct {
  public readonly lambda: Lambda;

  constructor(scope: Construct, id: string, props: WorkerProps) {
    super(scope, id);
    const { function: name, bundles, memory, logRetention, disk, environment, eventSources = [] } = props;

    const logGroup = new LogGroup(this, 'Log', { retention: logRetention, removalPolicy: RemovalPolicy.DESTROY });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        // The ARN of a log group ends in `:*`: its streams, which Lambda names.
        resources: [logGroup.logGroupArn],
      }),
    );
    this.lambda = new Lambda(this, 'Function', {
      description: `Cavendish: ${name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(join(bundles, name)),
      memorySize: memory,
      ...(disk !== undefined && { ephemeralStorageSize: Size.mebibytes(disk) }),
      timeout: Duration.seconds(TIMEOUT_SECONDS[name]),
      tracing: Tracing.ACTIVE,
      environment: environmentOf(environment),
      role,
      logGroup,
    });
    // Some actions take no resources: X-Ray's, and to list the streams of DynamoDB.
    acknowledgeWildcards(
      this,
      ['*'],
      'X-Ray, the token of ECR and the list of streams are rights on everything or nothing.',
    );
    for (const source of eventSources) this.lambda.addEventSource(source);
  }

  /**
   * Grants actions on exactly these resources.
   *
   * @param why - for resources with a wildcard: what forces it
   */
  public allow(actions: readonly string[], resources: readonly string[], why?: string): void {
    if (why !== undefined) acknowledgeWildcards(this, resources, why);
    this.lambda.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [...resources] }));
  }

  /** To hand a role to a service of AWS, and to no other. */
  public allowPass(role: IRole, service: string): void {
    this.lambda.addToRolePolicy(
      new PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [role.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': service } },
      }),
    );
  }

  /** To read and write what a key encrypts. The key's own policy leaves that to policies such as this. */
  public allowKey(key: IKey): void {
    this.allow(['kms:Decrypt', 'kms:GenerateDataKey'], [key.keyArn]);
  }
}

function environmentOf(given: WorkerProps['environment']): Record<string, string> {
  const named = Object.entries(ENV).flatMap(([key, name]) => {
    const value = given[key as keyof typeof ENV];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(named);
}
