import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

import { type OperationName, operationsOf, PERMISSIONS } from '../../core/people/permissions.ts';
import { type Role, ROLES } from '../../core/people/roles.ts';

export interface ApiProps {
  readonly handler: IFunction;
  readonly logRetention: RetentionDays;
}

/** Requests a second that all callers together may make, for long and at once; more are told to wait. */
const RATE = 50;
const BURST = 100;

/** Of the stage; `$default` stands in no address. */
const STAGE = '$default';

/**
 * The API by which people and programs ask the home: a route for each operation, behind IAM, and a policy for each
 * role that lets through exactly what the role may call. Attach them to the roles that your people assume.
 */
export class Api extends Construct {
  public readonly url: string;
  public readonly policies: Readonly<Record<Role, ManagedPolicy>>;
  private readonly api: HttpApi;

  constructor(scope: Construct, id: string, { handler, logRetention }: ApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      description: 'Cavendish: what people and programs ask',
      createDefaultStage: false,
      defaultAuthorizer: new HttpIamAuthorizer(),
    });
    const integration = new HttpLambdaIntegration('Function', handler, { scopePermissionToRoute: false });
    for (const name of Object.keys(PERMISSIONS)) {
      this.api.addRoutes({ path: `/v1/${name}`, methods: [HttpMethod.POST], integration });
    }
    const log = new LogGroup(this, 'Access', { retention: logRetention, removalPolicy: RemovalPolicy.DESTROY });
    new HttpStage(this, 'Stage', {
      ...{ httpApi: this.api, stageName: STAGE, autoDeploy: true },
      throttle: { rateLimit: RATE, burstLimit: BURST },
      accessLogSettings: { destination: new LogGroupLogDestination(log) },
    });
    this.url = this.api.apiEndpoint;
    this.policies = Object.fromEntries(ROLES.map((role) => [role, this.policyOf(role)])) as Record<Role, ManagedPolicy>;
  }

  /** What API Gateway counts of all routes together. */
  public metric(name: '4xx' | '5xx' | 'Count', options: MetricOptions): Metric {
    return this.api.metric(name, options);
  }

  private policyOf(role: Role): ManagedPolicy {
    const { stackId } = Stack.of(this);
    return new ManagedPolicy(this, `Policy-${role}`, {
      description: `Cavendish: what a person with the role ${role} may ask of ${Stack.of(this).stackName}`,
      statements: [
        new PolicyStatement({
          actions: ['execute-api:Invoke'],
          resources: operationsOf(role).map((name) => this.arnOf(name)),
        }),
        // The command line finds the address of the API among the outputs of the stack.
        new PolicyStatement({ actions: ['cloudformation:DescribeStacks'], resources: [stackId] }),
      ],
    });
  }

  private arnOf(name: OperationName): string {
    const resource = `${this.api.apiId}/${STAGE}/${HttpMethod.POST}/v1/${name}`;
    return Stack.of(this).formatArn({ service: 'execute-api', resource });
  }
}
