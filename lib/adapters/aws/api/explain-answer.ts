/** What an answer of the API says went wrong: the home's own words, or API Gateway's in ours. */
import { z } from 'zod';

import { CavendishError, ERROR_CODES, type ErrorCode } from '../../../core/errors/error.ts';

const ofHome = z.object({ code: z.string(), message: z.string(), next: z.string().optional() });
/** API Gateway writes one or the other. */
const ofGateway = z.object({ message: z.string().optional(), Message: z.string().optional() });

const SIGN_IN = 'Sign in again (aws sts get-caller-identity must answer), or name a profile by AWS_PROFILE.';
const GET_POLICY =
  'Have one of the policies of the stack attached to the role that you use (docs/api.md); who you are: aws sts get-caller-identity';

export async function explainAnswer(answer: Response, name: string): Promise<CavendishError> {
  const content = await contentOf(answer);
  const told = ofHome.safeParse(content);
  if (told.success) {
    const { code, message, next } = told.data;
    return new CavendishError(isErrorCode(code) ? code : 'unavailable', message, next === undefined ? {} : { next });
  }
  const { message, Message } = ofGateway.safeParse(content).data ?? {};
  return ofStatus(answer.status, message ?? Message ?? '', name);
}

/** Null for what is not JSON: something between the home and here answered, and its status says enough. */
async function contentOf(answer: Response): Promise<unknown> {
  const text = await answer.text();
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function ofStatus(status: number, said: string, name: string): CavendishError {
  const as = said === '' ? '' : `: ${said}`;
  if (status === 403) {
    const isUnknown = /token|expired|signature/iu.test(said);
    return new CavendishError('forbidden', `IAM does not let this caller ask the home for ${name}${as}`, {
      next: isUnknown ? SIGN_IN : GET_POLICY,
    });
  }
  if (status === 404) {
    return new CavendishError('unsupported', `the API of the home knows nothing of ${name}`, {
      next: 'The stack is older than this command line, or newer: deploy the same version (npx cdk deploy).',
    });
  }
  // What API Gateway itself takes; the home takes less, and says so in its own words.
  if (status === 413)
    return new CavendishError('limit-exceeded', `${name} is asked for more than the API of the home takes${as}`);
  if (status === 429) {
    return new CavendishError('unavailable', 'the API of the home is asked too much just now', {
      next: 'Try again in a minute.',
    });
  }
  return new CavendishError('unavailable', `the API of the home failed at ${name} (${String(status)})${as}`, {
    next: 'Try again; if it stays so: docs/runbook-aws.md#api-fails',
  });
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CODES, code);
}
