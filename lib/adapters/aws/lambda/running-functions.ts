/** The functions of an account and Region that are made of images, page by page. */
import {
  type AliasConfiguration,
  GetFunctionCommand,
  type LambdaClient,
  paginateListAliases,
  paginateListFunctions,
} from '@aws-sdk/client-lambda';

import { isDigest } from '../../../core/image/digest.ts';
import type { RunningFunction, RunningFunctions, Scope } from '../../../pipeline/ports/running.ts';
import { askAws, askedPages } from '../failures.ts';

const DEPLOYED = '$LATEST';
/** What says that a function, or a version, went away in between. */
const NOT_THERE = 'ResourceNotFoundException';

/**
 * Of each function the image of what is deployed, and of each version that an alias names: by an alias
 * runs what was published, however often the function was deployed since.
 */
export function lambdaFunctions(client: LambdaClient, scope: Scope): RunningFunctions {
  async function versionsOf(name: string): Promise<readonly string[]> {
    const versions = new Set([DEPLOYED]);
    const pages = paginateListAliases({ client }, { FunctionName: name });
    for await (const { Aliases = [] } of askedPages(pages, 'lambda:ListAliases')) {
      for (const version of Aliases.flatMap(namedBy)) versions.add(version);
    }
    return [...versions];
  }

  async function imageOf(name: string, version: string): Promise<RunningFunction['images']> {
    const command = new GetFunctionCommand({ FunctionName: name, Qualifier: version });
    const { Code: code } = await askAws('lambda:GetFunction', () => client.send(command));
    const digest = code?.ResolvedImageUri?.split('@', 2)[1] ?? '';
    return isDigest(digest) ? [{ digest, image: code?.ImageUri ?? code?.ResolvedImageUri ?? digest }] : [];
  }

  async function imagesOf(name: string): Promise<RunningFunction['images']> {
    const images: RunningFunction['images'][number][] = [];
    for (const version of await versionsOf(name)) {
      for (const image of await imageOf(name, version)) {
        if (images.every(({ digest }) => digest !== image.digest)) images.push(image);
      }
    }
    return images;
  }

  async function* all(): AsyncGenerator<RunningFunction> {
    const pages = paginateListFunctions({ client }, {});
    for await (const { Functions: functions = [] } of askedPages(pages, 'lambda:ListFunctions')) {
      for (const { FunctionName: name, PackageType: type } of functions) {
        if (name === undefined || type !== 'Image') continue;
        try {
          yield { ...scope, name, images: await imagesOf(name) };
        } catch (error) {
          if (!isNotThere(error)) throw error;
        }
      }
    }
  }

  return { scope, all };
}

function isNotThere(error: unknown): boolean {
  return Error.isError(error) && Error.isError(error.cause) && error.cause.name === NOT_THERE;
}

function namedBy({ FunctionVersion: version, RoutingConfig: routing }: AliasConfiguration): readonly string[] {
  return [...(version === undefined ? [] : [version]), ...Object.keys(routing?.AdditionalVersionWeights ?? {})];
}
