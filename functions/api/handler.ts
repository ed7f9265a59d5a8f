/** Answers over HTTP: `POST /v1/OPERATION` with its input as JSON, for whom IAM vouches. */
import type { APIGatewayProxyEventV2WithIAMAuthorizer, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';

import { isCavendishError } from '../../lib/core/errors/error.ts';
import { OPERATIONS } from '../../lib/pipeline/operations/all.ts';
import type { OperationContext } from '../../lib/pipeline/operations/operation.ts';
import { observed, type Tools } from '../shared/tools.ts';
import { answer, failure } from './answer.ts';
import { principalOf } from './principal.ts';
import { inputOf, operationOf } from './request.ts';

interface Dependencies extends Tools {
  /** Roles whose session names tell people apart. */
  readonly trusted: readonly string[];
  /** What an operation of that principal works with, as of now. */
  readonly contextOf: (principal: string) => Promise<OperationContext>;
}

type Event = APIGatewayProxyEventV2WithIAMAuthorizer;

export function createHandler({ trusted, contextOf, ...tools }: Dependencies) {
  const { logger } = tools;
  return observed(async (event: Event, { awsRequestId }: Context): Promise<APIGatewayProxyStructuredResultV2> => {
    try {
      const operation = operationOf(event);
      const context = await contextOf(principalOf(event.requestContext.authorizer.iam.userArn, trusted));
      const { principal, person } = context.caller;
      // Who, what and when, for the trail; never what was said: reasons and names of findings are no log's business.
      logger.appendKeys({ operation, principal, person });
      const result = await OPERATIONS[operation].call(inputOf(event), context);
      logger.info('answered');
      return answer(result, event.headers['accept-encoding']);
    } catch (error) {
      if (!isCavendishError(error)) logger.error('failed', Error.isError(error) ? error : String(error));
      else logger.info('refused', { code: error.code, ...(error.code === 'unavailable' && { cause: error.message }) });
      return failure(error, awsRequestId);
    }
  }, tools);
}
