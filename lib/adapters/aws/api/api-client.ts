/**
 * Asks a home on AWS over its HTTP API: signed with the caller's credentials (Signature Version 4), few tries, and
 * what comes back in Cavendish's words.
 */
import { SignatureV4, type SignatureV4CryptoInit, type SignatureV4Init } from '@smithy/signature-v4';

import { CavendishError } from '../../../core/errors/error.ts';
import { explainAws } from '../failures.ts';
import { explainAnswer } from './explain-answer.ts';

interface Connection extends Pick<SignatureV4Init, 'credentials' | 'region'>, SignatureV4CryptoInit {
  /** Without a path. */
  readonly url: string;
  /** Waits for so many milliseconds before the next try. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

interface Asked {
  readonly name: string;
  readonly input: unknown;
  /** Whether asking twice does no more than asking once: else a request whose answer is lost is not sent again. */
  readonly repeatable: boolean;
}

const TRIES = 4;
const FIRST_PAUSE = 250;
/** The function has 29 seconds. */
const PATIENCE = 35_000;

/** @returns what the operation answered; it throws CavendishError with the code that the operation threw */
export function apiClient({ url, pause, ...signing }: Connection): (asked: Asked) => Promise<unknown> {
  const signer = new SignatureV4({ service: 'execute-api', ...signing });
  const { protocol, hostname, port, host } = new URL(url);

  async function send({ name, input }: Asked): Promise<Response> {
    const path = `/v1/${name}`;
    const body = JSON.stringify(input);
    const { headers } = await signer.sign({
      ...{ method: 'POST', protocol, hostname, path, body },
      ...(port !== '' && { port: Number(port) }),
      headers: { host, 'content-type': 'application/json' },
    });
    return await fetch(new URL(path, url), {
      ...{ method: 'POST', body, headers: { ...headers, 'accept-encoding': 'gzip' } },
      ...{ redirect: 'error', signal: AbortSignal.timeout(PATIENCE) },
    });
  }

  return async (asked) => {
    for (let tried = 1; ; tried += 1) {
      const answer = await send(asked).catch((error: unknown) => error);
      if (answer instanceof Response && answer.ok) return await readAnswer(answer, asked);
      const error = answer instanceof Response ? await explainAnswer(answer, asked.name) : explainLost(answer, asked);
      if (tried >= TRIES || !isTriedAgain(answer, asked)) throw error;
      await pause(FIRST_PAUSE * 2 ** (tried - 1));
    }
  };
}

/** What was turned away for being too many was not begun; what failed on the way may have been. */
function isTriedAgain(answer: unknown, { repeatable }: Asked): boolean {
  if (answer instanceof Response) return answer.status === 429 || (repeatable && answer.status >= 502);
  return repeatable && isLost(answer);
}

/** What fetch says of a network that fails, and of one that takes too long. */
function isLost(error: unknown): boolean {
  return Error.isError(error) && (error.name === 'TypeError' || error.name === 'TimeoutError');
}

function explainLost(error: unknown, { name, repeatable }: Asked): unknown {
  if (!isLost(error)) return explainAws(error, 'execute-api:Invoke');
  return new CavendishError('unavailable', `the API of the home did not answer (${name})`, {
    next: repeatable
      ? 'Try again; if it stays so: docs/runbook-aws.md#api-fails'
      : 'It may have been done all the same: look before you ask for it again.',
    cause: error,
  });
}

async function readAnswer(answer: Response, { name }: Asked): Promise<unknown> {
  try {
    return await answer.json();
  } catch (cause) {
    throw new CavendishError('unavailable', `the API of the home answered ${name} with what is not JSON`, {
      next: 'It may have been done all the same: look before you ask for it again.',
      cause,
    });
  }
}
