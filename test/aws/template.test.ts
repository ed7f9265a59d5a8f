import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { GAPS } from './gaps.ts';
import { type Deployed, deployStack, STACK } from './parts/deploy.ts';
import { REGION } from './parts/environment.ts';
import { type Moto, startMoto } from './parts/moto.ts';

jest.setTimeout(120_000);

let moto: Moto;
let deployed: Deployed;
let created: ReadonlyMap<string, string>;
beforeAll(async () => {
  moto = await startMoto();
  deployed = await deployStack(moto.endpoint);
  created = await createdResources(moto.endpoint);
});
afterAll(() => moto.stop());

/** Logical id → type. */
async function createdResources(endpoint: string): Promise<ReadonlyMap<string, string>> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new CloudFormationClient({ endpoint, region: REGION, credentials });
  const found = new Map<string, string>();
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName: STACK })) {
    for (const { LogicalResourceId = '', ResourceType = '' } of StackResourceSummaries) {
      found.set(LogicalResourceId, ResourceType);
    }
  }
  return found;
}

describe('cdk deploy to an account that has nothing', () => {
  it('creates each resource of the template, but for the types of the written gap list', () => {
    const missing = Object.entries(deployed.template.Resources).filter(([id, { Type }]) => created.get(id) !== Type);
    const types = [...new Set(missing.map(([, { Type }]) => Type))].sort();

    expect(types).toEqual(GAPS.map(({ type }) => type).sort());
    expect(created.size).toBe(Object.keys(deployed.template.Resources).length - missing.length);
  });
});
