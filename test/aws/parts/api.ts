/** The deployed function `api` behind what stands in for an HTTP API, with callers that the deployed appetite knows. */
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

import { type ApiFront, sessionOf, startApiFront } from '../../support/api-front.ts';
import type { DeployedFunction } from './functions.ts';

/** By access key. Of these roles the appetite that deploy.ts deploys says who they are; of `visitor` it says nothing. */
const CALLERS = { OPERATOR: sessionOf('operator'), OWNER: sessionOf('owner'), VISITOR: sessionOf('visitor') };

export type ApiCaller = keyof typeof CALLERS;

export async function startApi(deployed: DeployedFunction): Promise<ApiFront> {
  return await startApiFront(CALLERS, async (event) => {
    const { result, error } = await deployed.invoke(event);
    if (error !== null) throw new Error(`the function api failed: ${error}`);
    return result as APIGatewayProxyStructuredResultV2;
  });
}

/** What the command line is told to ask that API as a caller. */
export function callingApi({ url }: Pick<ApiFront, 'url'>, caller: ApiCaller): Readonly<Record<string, string>> {
  return {
    CAVENDISH_API_ENDPOINT: url,
    AWS_ACCESS_KEY_ID: caller,
    AWS_SECRET_ACCESS_KEY: `secret of ${caller}`,
  };
}
