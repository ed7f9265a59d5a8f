import { describe, expect, it } from '@jest/globals';

import { operationsOf, PERMISSIONS } from '../../../lib/core/people/permissions.ts';
import { ROLES } from '../../../lib/core/people/roles.ts';
import { ENV } from '../../../lib/stacks/functions/names.ts';
import { resourceOf, resourcesOf, templateOf } from '../template.ts';

const template = templateOf({ trustedSessionRoles: ['arn:aws:iam::111122223333:role/sso'] });

describe('the API', () => {
  it('has a route for each operation, and none without IAM', () => {
    const routes = [...resourcesOf(template, 'AWS::ApiGatewayV2::Route').values()];

    expect(new Set(routes.map(({ RouteKey: key }) => key))).toEqual(
      new Set(Object.keys(PERMISSIONS).map((name) => `POST /v1/${name}`)),
    );
    expect(new Set(routes.map(({ AuthorizationType: type }) => type))).toEqual(new Set(['AWS_IAM']));
  });

  it('is logged, and slows down who asks too much', () => {
    const stage = resourceOf(template, 'AWS::ApiGatewayV2::Stage');

    expect(stage).toMatchObject({
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
    });
    expect(stage).toHaveProperty('AccessLogSettings.DestinationArn');
    expect(JSON.stringify(stage['AccessLogSettings'])).not.toMatch(/body|authorization/iu);
  });

  it('may run the function, and nothing else may', () => {
    const permissions = [...resourcesOf(template, 'AWS::Lambda::Permission', /Api/u).values()];

    expect(permissions).toHaveLength(1);
    expect(permissions[0]).toMatchObject({ Principal: 'apigateway.amazonaws.com', Action: 'lambda:InvokeFunction' });
    expect(JSON.stringify(permissions[0]?.['SourceArn'])).toContain('CavendishApi');
  });

  it('tells the function whose sessions are told apart', () => {
    const { Environment: environment } = resourceOf(template, 'AWS::Lambda::Function', /Functionsapi/u);

    expect(environment).toMatchObject({
      Variables: { [ENV.trustedSessionRoles]: '["arn:aws:iam::111122223333:role/sso"]' },
    });
  });

  it.each(ROLES)('lets %s through by a policy that IAM takes', (role) => {
    const [policy] = resourcesOf(template, 'AWS::IAM::ManagedPolicy', new RegExp(`ApiPolicy${role}`, 'u')).values();
    const arn = 'arn:aws-us-gov:execute-api:ap-southeast-2:111122223333:abcdefghij/$default/POST/v1/';
    const resources = operationsOf(role).map((name) => `"${arn}${name}"`);

    expect(policy).toBeDefined();
    // A managed policy has 6,144 characters at most (IAM quotas); 400 are of what stands around the list.
    expect(resources.join(',').length).toBeLessThan(6144 - 400);
  });
});
